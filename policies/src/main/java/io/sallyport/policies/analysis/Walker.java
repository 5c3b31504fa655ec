package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** A place in a statement's tokens, up to an end; takes what it expects or says that it cannot be read. */
final class Walker {
    private final TokenList tokens;
    private final int end;
    private int at;

    Walker(TokenList tokens, int from, int to) {
        this.tokens = tokens;
        this.at = from;
        this.end = to;
    }

    /** To look ahead. */
    Walker(Walker other) {
        this(other.tokens, other.at, other.end);
    }

    int at() {
        return at;
    }

    int end() {
        return end;
    }

    boolean atEnd() {
        return at >= end;
    }

    Keyword keyword() {
        return atEnd() ? Keyword.NO_KEYWORD : tokens.keyword(at);
    }

    boolean sees(Keyword keyword) {
        return keyword() == keyword;
    }

    boolean sees(TokenKind kind) {
        return !atEnd() && tokens.is(at, kind);
    }

    void skip() {
        at++;
    }

    boolean take(Keyword keyword) {
        if (sees(keyword)) {
            at++;
            return true;
        }
        return false;
    }

    boolean take(TokenKind kind) {
        if (sees(kind)) {
            at++;
            return true;
        }
        return false;
    }

    boolean take(Keyword first, Keyword second) {
        if (sees(first) && at + 1 < end && tokens.is(at + 1, second)) {
            at += 2;
            return true;
        }
        return false;
    }

    /** A word that is no {@link Keyword}, given in lower case. */
    boolean takeWord(String word) {
        if (sees(TokenKind.IDENTIFIER) && tokens.raw(at).equals(word)) {
            at++;
            return true;
        }
        return false;
    }

    /** IF [NOT] EXISTS. */
    void takeIfExists() {
        if (sees(Keyword.IF)) {
            int exists = tokens.is(at + 1, Keyword.NOT) ? at + 2 : at + 1;
            if (tokens.is(exists, Keyword.EXISTS)) {
                at = exists + 1;
            }
        }
    }

    void expect(Keyword keyword) {
        if (!take(keyword)) {
            throw new Unreadable("expected " + keyword.name() + " " + place());
        }
    }

    /** Skips a parenthesised group when one stands here. */
    boolean takeGroup() {
        if (sees(TokenKind.LEFT_PARENTHESIS)) {
            at = tokens.partner(at) + 1;
            return true;
        }
        return false;
    }

    /** Moves to the next such word outside parentheses; false, and to the end, when there is none. */
    boolean seek(Keyword keyword) {
        while (!atEnd()) {
            if (sees(keyword)) {
                return true;
            }
            if (!takeGroup()) {
                at++;
            }
        }
        return false;
    }

    /** Whether CASCADE is the last word, and no name. */
    boolean endsInCascade() {
        int last = end - 1;
        boolean named = last <= at || tokens.is(last - 1, TokenKind.COMMA) || isNameExpected(tokens.keyword(last - 1));
        return tokens.is(last, Keyword.CASCADE) && !named;
    }

    private static boolean isNameExpected(Keyword before) {
        return switch (before) {
            case ON, FROM, ONLY, SERVER, LANGUAGE, USING, FOR -> true;
            default -> false;
        };
    }

    String name() {
        if (atEnd() || !tokens.isName(at)) {
            throw new Unreadable("expected a name " + place());
        }
        return tokens.name(at++);
    }

    /** A name, or a literal that stands for one (NonReservedWord_or_Sconst). */
    String nameOrString() {
        return !atEnd() && tokens.isString(at) ? tokens.string(at++) : name();
    }

    void skipAll() {
        at = end;
    }

    /** {@code name}, {@code schema.name} or {@code database.schema.name}. */
    TableName qualifiedName() {
        String schema = null;
        String name = name();
        while (sees(TokenKind.DOT)) {
            at++;
            schema = name;
            name = label();
        }
        return new TableName(schema, name);
    }

    /** {@code [ONLY] name [*]}, {@code ONLY (name)}. */
    TableName relation() {
        take(Keyword.ONLY);
        if (take(TokenKind.LEFT_PARENTHESIS)) {
            TableName name = qualifiedName();
            if (!take(TokenKind.RIGHT_PARENTHESIS)) {
                throw new Unreadable("expected a closing parenthesis " + place());
            }
            return name;
        }
        TableName name = qualifiedName();
        if (!atEnd() && tokens.isOperator(at, "*")) {
            at++;
        }
        return name;
    }

    private String label() {
        if (atEnd() || !isWord(tokens.kind(at))) {
            throw new Unreadable("expected a name behind a dot " + place());
        }
        return tokens.name(at++);
    }

    static boolean isWord(TokenKind kind) {
        return kind == TokenKind.IDENTIFIER
                || kind == TokenKind.QUOTED_IDENTIFIER
                || kind == TokenKind.UNICODE_IDENTIFIER;
    }

    private String place() {
        return atEnd() ? "at the end" : "at byte " + tokens.start(at);
    }
}
