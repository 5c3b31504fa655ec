package io.sallyport.policies.sql;

/**
 * How the server will read a string.
 *
 * @param standardConformingStrings the session's {@code standard_conforming_strings}: off makes a backslash an escape in a plain literal
 * @param asciiSafeEncoding whether the client encoding keeps bytes below 0x80 out of multi-byte characters: all but SJIS, BIG5, GBK,
 *     GB18030, UHC, JOHAB and SHIFT_JIS_2004, in which a quote or a backslash can be the second half of a letter
 */
public record LexerSettings(boolean standardConformingStrings, boolean asciiSafeEncoding) {
    public static final LexerSettings DEFAULT = new LexerSettings(true, true);
}
