package io.sallyport.proxy.token;

/** All that sessions have to do with tokens. */
public record TokenOffice(Tokens tokens, TokenRequests requests, TokenGuesses guesses) {}
