package io.sallyport.policies.sql;

import java.util.Locale;
import java.util.Set;

/** Renders tokens so that a parser with another lexer cannot read something else in them. */
final class CanonicalText {
    private static final Set<String> COMMON_OPERATORS = Set.of(
            "=",
            "<>",
            "<",
            ">",
            "<=",
            ">=",
            "+",
            "-",
            "*",
            "/",
            "%",
            "||",
            "~",
            "~*",
            "!~",
            "!~*",
            "->",
            "->>",
            "@>",
            "<@",
            "like",
            "ilike",
            "not like",
            "not ilike");

    private final TokenList tokens;

    CanonicalText(TokenList tokens) {
        this.tokens = tokens;
    }

    String render(int from, int to) {
        StringBuilder out = new StringBuilder();
        for (int i = from; i < to; i++) {
            if (out.length() > 0) {
                out.append(' ');
            }
            boolean named = tokens.is(i, Keyword.OPERATOR) && tokens.is(i + 1, TokenKind.LEFT_PARENTHESIS);
            if (named) {
                // OPERATOR(pg_catalog.=) is = itself.
                int close = tokens.partner(i + 1);
                out.append(operator(tokens.raw(close - 1)));
                i = close;
            } else {
                out.append(token(i)).append(columns(i, to));
            }
        }
        return out.toString();
    }

    /** A query without columns gets one: not every parser has {@code SELECT FROM t} and {@code EXISTS (SELECT)}. */
    private String columns(int i, int to) {
        boolean none = i + 1 == to
                || tokens.is(i + 1, Keyword.FROM)
                || tokens.is(i + 1, Keyword.WHERE)
                || tokens.is(i + 1, TokenKind.RIGHT_PARENTHESIS);
        return tokens.is(i, Keyword.SELECT) && none ? " 1" : "";
    }

    private String token(int i) {
        if (tokens.is(i, Keyword.TABLE) && tokens.isName(i + 1)) {
            return "select * from";
        }
        return switch (tokens.kind(i)) {
            case IDENTIFIER -> tokens.raw(i).chars().allMatch(c -> c < 0x80 && c != '$') ? tokens.raw(i) : name(i);
            case QUOTED_IDENTIFIER, UNICODE_IDENTIFIER -> name(i);
            case STRING, ESCAPE_STRING, UNICODE_STRING, DOLLAR_STRING -> literal(tokens.string(i));
            case BIT_STRING -> literal(tokens.raw(i));
            case PARAMETER -> ":p" + tokens.raw(i).substring(1);
            case OPERATOR -> operator(tokens.raw(i));
            case NUMBER, TYPECAST, DOT, DOT_DOT, COLON, COLON_EQUALS, EQUALS_GREATER, COMMA, SEMICOLON -> tokens.raw(i);
            case LEFT_PARENTHESIS, RIGHT_PARENTHESIS, LEFT_BRACKET, RIGHT_BRACKET -> tokens.raw(i);
            case ERROR, END -> "";
        };
    }

    /** A plain name stays, so that {@code "id"} and {@code id} are one; any other becomes a word that stands for it. */
    private String name(int i) {
        String name = tokens.name(i);
        boolean plain = name.matches("[a-z_][a-z0-9_]*") && tokens.keyword(i) == Keyword.NO_KEYWORD;
        return plain ? name : "q_" + Integer.toHexString(name.hashCode()) + "_" + name.length();
    }

    private static String literal(String value) {
        StringBuilder out = new StringBuilder("'");
        for (int k = 0; k < value.length(); k++) {
            char c = value.charAt(k);
            if (c >= ' ' && c < 0x7f && c != '\'' && c != '\\') {
                out.append(c);
            } else {
                out.append('u').append(Integer.toHexString(c).toLowerCase(Locale.ROOT));
            }
        }
        return out.append('\'').toString();
    }

    /** The operators of LIKE (gram.y) are written as the word. */
    private static String operator(String raw) {
        String common = switch (raw) {
            case "!=" -> "<>";
            case "~~" -> "like";
            case "~~*" -> "ilike";
            case "!~~" -> "not like";
            case "!~~*" -> "not ilike";
            default -> raw;
        };
        return COMMON_OPERATORS.contains(common) ? common : "||";
    }
}
