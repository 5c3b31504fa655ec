package io.sallyport.policies.sql;

/** One token and its byte range in the string: [start, end). */
public record Token(TokenKind kind, int start, int end) {}
