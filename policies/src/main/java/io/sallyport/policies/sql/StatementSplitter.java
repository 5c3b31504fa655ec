package io.sallyport.policies.sql;

import org.jspecify.annotations.Nullable;

/**
 * Cuts a string into statements at the semicolons that are outside parentheses and outside a routine's body. Statements without a token are
 * not counted. A statement lives until the next call.
 */
public final class StatementSplitter {
    /** A statement of more tokens than this is not read: it would cost a hundred megabytes. */
    private static final int MOST_TOKENS = 4_000_000;

    private final byte[] text;
    private final LexerSettings settings;
    private final SqlLexer lexer;
    private boolean ended;

    public StatementSplitter(byte[] text, LexerSettings settings) {
        this.text = text;
        this.settings = settings;
        this.lexer = new SqlLexer(text, settings);
    }

    /** The next statement, or null at the end. */
    public @Nullable TokenList next() {
        TokenList tokens = new TokenList(text);
        RoutineBody body = new RoutineBody(tokens);
        while (!ended) {
            TokenKind kind = lexer.next();
            if (kind == TokenKind.END) {
                ended = true;
            } else if (kind == TokenKind.SEMICOLON && !tokens.insideParentheses() && body.endsStatement()) {
                if (tokens.size() > 0) {
                    break;
                }
            } else {
                add(tokens, kind);
                body.added();
            }
        }
        tokens.finish();
        if (body.isOpen()) {
            tokens.report("a routine's body is not closed");
        }
        return tokens.size() > 0 ? tokens : null;
    }

    /** Whether a semicolon ended the last statement; the end of the string did otherwise, and more text could still change it. */
    public boolean isTerminated() {
        return !ended;
    }

    /** The first byte behind what has been read: behind the semicolon when the last statement is terminated. */
    public int position() {
        return lexer.end();
    }

    public boolean dependsOnConformingStrings() {
        return lexer.dependsOnConformingStrings();
    }

    private void add(TokenList tokens, TokenKind kind) {
        if (tokens.size() >= MOST_TOKENS) {
            tokens.report("the statement has more than " + MOST_TOKENS + " tokens");
            return;
        }
        tokens.add(kind, lexer.start(), lexer.end());
        if (kind == TokenKind.ERROR) {
            String problem = lexer.problem();
            tokens.report(problem == null ? "not SQL" : problem);
        }
        int last = tokens.size() - 1;
        if (tokens.is(last - 1, Keyword.UESCAPE) && isUnicode(tokens.kind(last - 2))) {
            escape(tokens, last);
        }
    }

    /** {@code U&"d!0061t" UESCAPE '!'}: one token, read with that escape character. */
    private void escape(TokenList tokens, int last) {
        String escape =
                settings.standardConformingStrings() && tokens.is(last, TokenKind.STRING) ? tokens.string(last) : "";
        if (escape.length() != 1
                || "+'\" \t\n\r\f\u000b".contains(escape)
                || Character.digit(escape.charAt(0), 16) >= 0) {
            tokens.report("UESCAPE needs one character");
            return;
        }
        tokens.escape(escape.charAt(0));
    }

    private static boolean isUnicode(TokenKind kind) {
        return kind == TokenKind.UNICODE_IDENTIFIER || kind == TokenKind.UNICODE_STRING;
    }
}
