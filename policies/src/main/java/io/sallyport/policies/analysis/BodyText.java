package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * SQL or PL/pgSQL that stands in a literal, decoded, and where it stands in the whole string.
 *
 * @param start place of the first byte, or of the literal where escapes moved the bytes
 * @param end place behind the last byte, or behind the literal
 * @param exact whether every byte of the text is a byte of the string, in order
 */
record BodyText(byte[] bytes, int start, int end, boolean exact) {
    static BodyText string(byte[] text) {
        return new BodyText(text, 0, text.length, true);
    }

    /** The value of the string literal at {@code i}. */
    static BodyText literal(Reading reading, int i) {
        TokenList tokens = reading.tokens();
        byte[] bytes = tokens.string(i).getBytes(StandardCharsets.UTF_8);
        int delimiter = delimiter(tokens.raw(i), tokens.kind(i));
        int behind = tokens.is(i, TokenKind.DOLLAR_STRING) ? delimiter : 1;
        // Escapes, doubled quotes and continuations only ever shorten a literal.
        boolean exact = tokens.end(i) - tokens.start(i) == delimiter + bytes.length + behind;
        int start = reading.placeOf(tokens.start(i) + (exact ? delimiter : 0));
        return new BodyText(
                bytes, start, reading.placeBehind(tokens.end(i) - (exact ? behind : 0)), exact && reading.exact());
    }

    private static int delimiter(String raw, TokenKind kind) {
        return kind == TokenKind.DOLLAR_STRING ? raw.indexOf('$', 1) + 1 : raw.indexOf('\'') + 1;
    }

    BodyText part(int from, int to) {
        byte[] part = Arrays.copyOfRange(bytes, from, to);
        return new BodyText(part, placeOf(from), placeBehind(to), exact);
    }

    /** Where a byte of this text stands in the whole string. */
    int placeOf(int offset) {
        return exact ? start + offset : start;
    }

    /** Where what ends before that byte ends in the whole string. */
    int placeBehind(int offset) {
        return exact ? start + offset : end;
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
