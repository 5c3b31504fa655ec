package io.sallyport.proxy.token;

/**
 * A statement that a token lets run, once.
 *
 * @param print its fingerprint: tokens, literals, parameters, encoding
 * @param text as it was seen, for people
 */
public record TokenStatement(String print, String text) {}
