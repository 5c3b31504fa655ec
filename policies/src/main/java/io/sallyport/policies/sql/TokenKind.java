package io.sallyport.policies.sql;

/** The tokens of PostgreSQL's scanner; white space and comments are not tokens. */
public enum TokenKind {
    IDENTIFIER,
    QUOTED_IDENTIFIER,
    UNICODE_IDENTIFIER,
    STRING,
    ESCAPE_STRING,
    UNICODE_STRING,
    DOLLAR_STRING,
    BIT_STRING,
    NUMBER,
    PARAMETER,
    OPERATOR,
    TYPECAST,
    DOT,
    DOT_DOT,
    COLON,
    COLON_EQUALS,
    EQUALS_GREATER,
    COMMA,
    SEMICOLON,
    LEFT_PARENTHESIS,
    RIGHT_PARENTHESIS,
    LEFT_BRACKET,
    RIGHT_BRACKET,
    /** Bytes that no supported server accepts, or that servers 13 to 18 cut differently. */
    ERROR,
    END
}
