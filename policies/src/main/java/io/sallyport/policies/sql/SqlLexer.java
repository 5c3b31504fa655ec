package io.sallyport.policies.sql;

import static io.sallyport.policies.sql.Characters.at;
import static io.sallyport.policies.sql.Characters.isDigit;
import static io.sallyport.policies.sql.Characters.isIdentifierPart;
import static io.sallyport.policies.sql.Characters.isIdentifierStart;
import static io.sallyport.policies.sql.Characters.isOperator;
import static io.sallyport.policies.sql.Characters.lower;

import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's scanner (src/backend/parser/scan.l) as a cursor over bytes. It never throws and always reaches the end; what the server would
 * refuse, or what servers 13 to 18 read differently, is a token of kind {@link TokenKind#ERROR}.
 */
public final class SqlLexer {
    private static final int LONGEST_OPERATOR = 63;

    private final byte[] text;
    private final LexerSettings settings;
    private int start;
    private int end;
    private @Nullable String problem;
    private boolean dependsOnConformingStrings;

    public SqlLexer(byte[] text, LexerSettings settings) {
        this.text = text;
        this.settings = settings;
    }

    /** Moves to the next token. */
    public TokenKind next() {
        start = Blanks.skip(text, end);
        if (start == Blanks.UNTERMINATED) {
            start = end;
            return error(text.length, "a comment is not closed");
        }
        if (start >= text.length) {
            end = start = text.length;
            return TokenKind.END;
        }
        int c = at(text, start);
        if (isIdentifierStart(c)) {
            return word(c);
        }
        if (isDigit(c) || (c == '.' && isDigit(at(text, start + 1)))) {
            return number(Numbers.number(text, start), TokenKind.NUMBER);
        }
        if (isOperator(c)) {
            return operator();
        }
        return punctuation(c);
    }

    /** The first byte of the current token. */
    public int start() {
        return start;
    }

    /** The first byte behind the current token. */
    public int end() {
        return end;
    }

    /** Why the current token is an {@link TokenKind#ERROR}. */
    public @Nullable String problem() {
        return problem;
    }

    /** Whether a plain literal so far holds a backslash, so that the string reads differently with standard_conforming_strings. */
    public boolean dependsOnConformingStrings() {
        return dependsOnConformingStrings;
    }

    private TokenKind word(int c) {
        int next = at(text, start + 1);
        if (next == '\'') {
            return literalOrWord(lower(c));
        }
        if (next == '&' && lower(c) == 'u') {
            int quote = at(text, start + 2);
            if (quote == '\'') {
                return unicodeLiteral();
            }
            if (quote == '"') {
                return quotedIdentifier(start + 3, TokenKind.UNICODE_IDENTIFIER);
            }
        }
        return plainWord();
    }

    private TokenKind literalOrWord(int prefix) {
        return switch (prefix) {
            case 'e' -> quoted(Quotes.escaped(text, start + 2), TokenKind.ESCAPE_STRING);
            case 'b', 'x' -> quoted(Quotes.plain(text, start + 2), TokenKind.BIT_STRING);
            case 'n' -> plainLiteral(start + 2);
            default -> plainWord();
        };
    }

    /** With standard_conforming_strings off the server refuses U&'…' as unsafe. */
    private TokenKind unicodeLiteral() {
        dependsOnConformingStrings = true;
        return settings.standardConformingStrings()
                ? quoted(Quotes.plain(text, start + 3), TokenKind.UNICODE_STRING)
                : error(start + 3, "U&'…' is not allowed while standard_conforming_strings is off");
    }

    private TokenKind plainWord() {
        end = start + 1;
        while (isIdentifierPart(at(text, end))) {
            end++;
        }
        return TokenKind.IDENTIFIER;
    }

    private TokenKind punctuation(int c) {
        return switch (c) {
            case '\'' -> plainLiteral(start + 1);
            case '"' -> quotedIdentifier(start + 1, TokenKind.QUOTED_IDENTIFIER);
            case '$' -> dollar();
            case '(' -> token(1, TokenKind.LEFT_PARENTHESIS);
            case ')' -> token(1, TokenKind.RIGHT_PARENTHESIS);
            case '[' -> token(1, TokenKind.LEFT_BRACKET);
            case ']' -> token(1, TokenKind.RIGHT_BRACKET);
            case ',' -> token(1, TokenKind.COMMA);
            case ';' -> token(1, TokenKind.SEMICOLON);
            case '.' -> at(text, start + 1) == '.' ? token(2, TokenKind.DOT_DOT) : token(1, TokenKind.DOT);
            case ':' ->
                switch (at(text, start + 1)) {
                    case ':' -> token(2, TokenKind.TYPECAST);
                    case '=' -> token(2, TokenKind.COLON_EQUALS);
                    default -> token(1, TokenKind.COLON);
                };
            default -> error(start + 1, "a character that SQL does not know");
        };
    }

    private TokenKind plainLiteral(int content) {
        int close = settings.standardConformingStrings() ? Quotes.plain(text, content) : Quotes.escaped(text, content);
        TokenKind kind =
                quoted(close, settings.standardConformingStrings() ? TokenKind.STRING : TokenKind.ESCAPE_STRING);
        for (int i = content; i < end && !dependsOnConformingStrings; i++) {
            dependsOnConformingStrings = text[i] == '\\';
        }
        return kind;
    }

    private TokenKind quotedIdentifier(int content, TokenKind kind) {
        int close = Quotes.identifier(text, content);
        return close == content + 1 ? error(close, "a quoted name is empty") : quoted(close, kind);
    }

    private TokenKind dollar() {
        int next = at(text, start + 1);
        if (isDigit(next)) {
            return number(Numbers.parameter(text, start), TokenKind.PARAMETER);
        }
        int content = Quotes.dollarTag(text, start);
        return content < 0
                ? error(start + 1, "a dollar sign that starts neither a parameter nor a quote")
                : quoted(Quotes.dollar(text, start, content), TokenKind.DOLLAR_STRING);
    }

    private TokenKind operator() {
        end = Operators.end(text, start);
        if (end - start > LONGEST_OPERATOR) {
            return error(end, "an operator is longer than 63 characters");
        }
        boolean arrow = end - start == 2 && text[start] == '=' && text[start + 1] == '>';
        return arrow ? TokenKind.EQUALS_GREATER : TokenKind.OPERATOR;
    }

    private TokenKind number(int close, TokenKind kind) {
        if (close < 0) {
            return error(~close, "letters run into a number");
        }
        end = close;
        return kind;
    }

    private TokenKind quoted(int close, TokenKind kind) {
        if (close < 0) {
            return error(text.length, "a quote is not closed");
        }
        end = close;
        return kind;
    }

    private TokenKind token(int length, TokenKind kind) {
        end = start + length;
        return kind;
    }

    private TokenKind error(int close, String why) {
        end = close;
        problem = why;
        return TokenKind.ERROR;
    }
}
