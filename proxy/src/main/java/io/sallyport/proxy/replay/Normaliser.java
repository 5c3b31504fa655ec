package io.sallyport.proxy.replay;

import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.policies.sql.SqlLexer;
import io.sallyport.policies.sql.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Writes a string of SQL anew without its values: {@code ?} for literals, numbers and parameters, lists of values as one, names in lower case
 * unless quoted, no comments. Where it is unsure where a literal ends, nothing behind its beginning is kept: it could be part of a secret.
 */
final class Normaliser {
    private static final String VALUE = "?";
    /** Nothing stands before them. */
    private static final Set<String> TIGHT = Set.of(",", ";", ")", ".", "[", "]", "::");

    /** Words that are no function before a parenthesis. */
    private static final Set<String> APART = Set.of(
            "in",
            "values",
            "and",
            "or",
            "not",
            "where",
            "from",
            "select",
            "on",
            "as",
            "using",
            "when",
            "then",
            "else",
            "by",
            "join",
            "union",
            "all",
            "except",
            "intersect",
            "returning",
            "having",
            "over",
            "filter",
            "set",
            "exists",
            "returns");

    private final byte[] text;
    private final SqlLexer lexer;
    private final StringBuilder out = new StringBuilder();
    /** Where the first literal was written; everything behind it goes when a later token cannot be read. */
    private int firstLiteral = -1;
    /** The last token, as it was written. */
    private String last = "";

    private Normaliser(byte[] text, LexerSettings settings) {
        this.text = text;
        this.lexer = new SqlLexer(text, settings);
    }

    static Fingerprint fingerprint(byte[] text, LexerSettings settings) {
        return Fingerprint.of(new Normaliser(text, settings).run());
    }

    private String run() {
        for (TokenKind kind = lexer.next(); kind != TokenKind.END; kind = lexer.next()) {
            if (kind == TokenKind.ERROR || isUnsure(kind)) {
                out.setLength(firstLiteral < 0 ? out.length() : firstLiteral);
                return out.append(" ? …").toString().strip();
            }
            switch (kind) {
                case STRING, ESCAPE_STRING, UNICODE_STRING, DOLLAR_STRING, BIT_STRING -> literal();
                case NUMBER, PARAMETER -> value();
                case IDENTIFIER -> write(raw().toLowerCase(Locale.ROOT));
                case QUOTED_IDENTIFIER, UNICODE_IDENTIFIER, OPERATOR, TYPECAST, DOT, DOT_DOT, COLON -> write(raw());
                case COLON_EQUALS, EQUALS_GREATER, COMMA, SEMICOLON, LEFT_PARENTHESIS -> write(raw());
                case LEFT_BRACKET, RIGHT_BRACKET -> write(raw());
                case RIGHT_PARENTHESIS -> {
                    write(")");
                    mergeRows();
                }
                case ERROR, END -> throw new IllegalStateException("handled above");
            }
        }
        while (out.length() > 0 && out.charAt(out.length() - 1) == ';') {
            out.setLength(out.length() - 1);
        }
        return out.toString();
    }

    /** With standard_conforming_strings off, which a log need not tell, {@code '…\'} goes on. */
    private boolean isUnsure(TokenKind kind) {
        if (kind != TokenKind.STRING) {
            return false;
        }
        for (int i = lexer.start(); i < lexer.end() - 1; i++) {
            if (text[i] == '\\' && text[i + 1] == '\'') {
                return true;
            }
        }
        return false;
    }

    private void literal() {
        firstLiteral = firstLiteral < 0 ? out.length() : firstLiteral;
        value();
    }

    /** {@code IN (1, 2, 3)} is {@code IN (?)}: how many there are makes no other statement. */
    private void value() {
        if (last.equals(",") && (endsWith("in (?,") || endsWith("array[?,"))) {
            out.setLength(out.length() - 1);
            last = VALUE;
        } else {
            write(VALUE);
        }
    }

    /** {@code (?, ?), (?, ?)}: the rows of VALUES, as one. */
    private void mergeRows() {
        int open = out.lastIndexOf("(");
        String row = open < 0 ? "" : out.substring(open);
        String before = row + ", ";
        if (row.startsWith("(?") && out.length() >= before.length() + row.length()) {
            int start = open - before.length();
            if (out.substring(start, open).equals(before)) {
                out.setLength(open - ", ".length());
            }
        }
    }

    private void write(String token) {
        if (out.length() > 0 && spaced(token)) {
            out.append(' ');
        }
        out.append(token);
        last = token;
    }

    private boolean spaced(String token) {
        boolean opened = last.equals("(") || last.equals(".") || last.equals("[") || last.equals("::");
        return !opened && !TIGHT.contains(token) && !(token.equals("(") && isName());
    }

    private boolean isName() {
        return !last.isEmpty()
                && (last.endsWith("\"") || Character.isJavaIdentifierPart(last.charAt(last.length() - 1)))
                && !APART.contains(last);
    }

    private boolean endsWith(String end) {
        int start = out.length() - end.length();
        return start >= 0 && out.indexOf(end, start) == start;
    }

    private String raw() {
        return new String(text, lexer.start(), lexer.end() - lexer.start(), StandardCharsets.UTF_8);
    }
}
