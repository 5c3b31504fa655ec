package io.sallyport.policies.sql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The value of a string literal, its continuations joined. */
final class Literals {
    private Literals() {}

    static String value(byte[] text, TokenKind kind, int start, int end, char escape) {
        int quote = start;
        if (kind == TokenKind.DOLLAR_STRING) {
            int content = Quotes.dollarTag(text, start);
            return new String(text, content, end - (content - start) - content, StandardCharsets.UTF_8);
        }
        while (text[quote] != '\'') {
            quote++;
        }
        byte[] raw = segments(text, quote + 1, kind == TokenKind.ESCAPE_STRING);
        String value = new String(raw, StandardCharsets.UTF_8);
        return kind == TokenKind.UNICODE_STRING ? UnicodeEscapes.decode(value, escape) : value;
    }

    private static byte[] segments(byte[] text, int content, boolean backslash) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int i = content;
        while (i < text.length) {
            byte b = text[i++];
            if (b == '\\' && backslash && i < text.length) {
                i = BackslashEscapes.decode(text, i, out);
            } else if (b != '\'') {
                out.write(b);
            } else if (Characters.at(text, i) == '\'') {
                out.write(b);
                i++;
            } else {
                i = Blanks.continuation(text, i);
                if (i < 0) {
                    break;
                }
            }
        }
        return out.toByteArray();
    }
}
