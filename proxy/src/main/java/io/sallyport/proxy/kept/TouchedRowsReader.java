package io.sallyport.proxy.kept;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.policies.sql.StatementSplitter;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import io.sallyport.proxy.kept.TouchedRows.Relation;
import io.sallyport.proxy.kept.TouchedRows.Verb;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the clauses by the tokens of PostgreSQL's scanner: WHERE, USING, SET and RETURNING are reserved, or stand where no name can. */
final class TouchedRowsReader {
    private static final String PLAINLY = "Write it without that, or have its rule ask for a restore_point.";

    private final byte[] sql;
    private final TokenList tokens;
    private final List<String> ctes = new ArrayList<>();
    private int at;

    TouchedRowsReader(byte[] sql, LexerSettings settings) throws Unkeepable {
        this.sql = sql;
        StatementSplitter splitter = new StatementSplitter(sql, settings);
        TokenList first = splitter.next();
        if (first == null || first.problem() != null || splitter.next() != null) {
            throw unfollowed();
        }
        this.tokens = first;
    }

    TouchedRows read() throws Unkeepable {
        byte[] with = with();
        Keyword verb = tokens.keyword(at++);
        if (verb == Keyword.DELETE && take(Keyword.FROM)) {
            return delete(with);
        } else if (verb == Keyword.UPDATE) {
            return update(with);
        } else if (verb == Keyword.TRUNCATE && with.length == 0) {
            return truncate();
        }
        throw unfollowed();
    }

    /** {@code WITH [RECURSIVE] name [(…)] AS [[NOT] MATERIALIZED] (…), …}. */
    private byte[] with() throws Unkeepable {
        if (!take(Keyword.WITH)) {
            return new byte[0];
        }
        // The word is not reserved: WITH recursive AS (…) names a CTE.
        if (!tokens.is(at + 1, Keyword.AS) && !tokens.is(at + 1, TokenKind.LEFT_PARENTHESIS)) {
            take(Keyword.RECURSIVE);
        }
        do {
            ctes.add(tokens.name(at));
            name();
            group();
            expect(Keyword.AS);
            take(Keyword.NOT);
            take(Keyword.MATERIALIZED);
            if (!group()) {
                throw unfollowed();
            }
            if (tokens.is(at, Keyword.SEARCH) || tokens.is(at, Keyword.CYCLE)) {
                throw new Unkeepable("a WITH list with SEARCH or CYCLE is not followed", PLAINLY);
            }
        } while (take(TokenKind.COMMA));
        return slice(0, at);
    }

    private TouchedRows delete(byte[] with) throws Unkeepable {
        Relation table = relation(Keyword.USING);
        byte[] beside = null;
        if (take(Keyword.USING)) {
            int from = at;
            seek(Keyword.WHERE);
            beside = some(from);
        }
        return new TouchedRows(Verb.DELETE, List.of(table), with, beside, condition());
    }

    private TouchedRows update(byte[] with) throws Unkeepable {
        Relation table = relation(Keyword.SET);
        expect(Keyword.SET);
        if (take(Keyword.SET)) {
            throw unfollowed();
        }
        byte[] beside = null;
        seek(Keyword.FROM);
        if (take(Keyword.FROM)) {
            int from = at;
            seek(Keyword.WHERE);
            beside = some(from);
        }
        return new TouchedRows(Verb.UPDATE, List.of(table), with, beside, condition());
    }

    private byte[] some(int from) throws Unkeepable {
        if (at == from) {
            throw unfollowed();
        }
        return slice(from, at);
    }

    /** What is left: {@code [WHERE condition] [RETURNING …]}. */
    private byte @Nullable [] condition() throws Unkeepable {
        byte[] condition = null;
        if (take(Keyword.WHERE)) {
            if (tokens.is(at, Keyword.CURRENT) && tokens.is(at + 1, Keyword.OF)) {
                throw new Unkeepable("WHERE CURRENT OF names a cursor's row", "Name the row by its key.");
            }
            int from = at;
            seek(Keyword.RETURNING);
            condition = some(from);
        }
        if (at < tokens.size() && !tokens.is(at, Keyword.RETURNING)) {
            throw unfollowed();
        }
        return condition;
    }

    private TouchedRows truncate() throws Unkeepable {
        take(Keyword.TABLE);
        List<Relation> tables = new ArrayList<>();
        do {
            tables.add(relation(Keyword.NO_KEYWORD));
        } while (take(TokenKind.COMMA));
        if (isWord(at, "restart")) {
            throw new Unkeepable("RESTART IDENTITY sets sequences back", "TRUNCATE without it.");
        }
        at += isWord(at, "continue") ? 2 : 0;
        if (tokens.is(at, Keyword.CASCADE)) {
            throw new Unkeepable("CASCADE empties tables that it does not name", "Name all tables, without CASCADE.");
        }
        at += isWord(at, "restrict") ? 1 : 0;
        if (at != tokens.size()) {
            throw unfollowed();
        }
        return new TouchedRows(Verb.TRUNCATE, tables, new byte[0], null, null);
    }

    /**
     * {@code [ONLY] name [*] [[AS] alias]}, {@code ONLY (name)}.
     *
     * @param next the word that may follow, and is no alias then; NO_KEYWORD where no alias may stand
     */
    private Relation relation(Keyword next) throws Unkeepable {
        int start = at;
        boolean only = take(Keyword.ONLY);
        boolean group = only && take(TokenKind.LEFT_PARENTHESIS);
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        int last = at;
        part(name);
        while (take(TokenKind.DOT)) {
            name.write('.');
            last = at;
            part(name);
        }
        if (group && !take(TokenKind.RIGHT_PARENTHESIS)) {
            throw unfollowed();
        }
        if (ctes.contains(tokens.name(last))) {
            // The statement changes the table, a query would read the WITH list's.
            throw new Unkeepable("its WITH list has a query of the table's name", "Give the query another name.");
        }
        if (tokens.isOperator(at, "*")) {
            at++;
        }
        if (next != Keyword.NO_KEYWORD && (take(Keyword.AS) || (tokens.isName(at) && !tokens.is(at, next)))) {
            last = at;
            name();
        }
        return new Relation(slice(start, at), slice(last, last + 1), name.toByteArray(), only);
    }

    private void part(ByteArrayOutputStream name) throws Unkeepable {
        TokenKind kind = tokens.kind(at);
        if (kind == TokenKind.UNICODE_IDENTIFIER) {
            throw new Unkeepable("a table's name is written as U&\"…\"", "Write it as \"…\".");
        }
        if (kind != TokenKind.IDENTIFIER && kind != TokenKind.QUOTED_IDENTIFIER) {
            throw unfollowed();
        }
        name.writeBytes(slice(at, at + 1));
        at++;
    }

    private void name() throws Unkeepable {
        if (!tokens.isName(at)) {
            throw unfollowed();
        }
        at++;
    }

    /** To the next such word outside of parentheses, or to WHERE, RETURNING or the end. */
    private void seek(Keyword word) {
        while (at < tokens.size()
                && !tokens.is(at, Keyword.WHERE)
                && !tokens.is(at, Keyword.RETURNING)
                && !(tokens.is(at, word) && !isOperand())) {
            if (!group()) {
                at++;
            }
        }
    }

    /** {@code IS DISTINCT FROM}. */
    private boolean isOperand() {
        return tokens.is(at, Keyword.FROM) && tokens.is(at - 1, Keyword.DISTINCT);
    }

    private boolean group() {
        if (!tokens.is(at, TokenKind.LEFT_PARENTHESIS)) {
            return false;
        }
        at = tokens.partner(at) + 1;
        return true;
    }

    private boolean take(Keyword word) {
        boolean there = at < tokens.size() && tokens.is(at, word);
        at += there ? 1 : 0;
        return there;
    }

    private boolean take(TokenKind kind) {
        boolean there = at < tokens.size() && tokens.is(at, kind);
        at += there ? 1 : 0;
        return there;
    }

    private void expect(Keyword word) throws Unkeepable {
        if (!take(word)) {
            throw unfollowed();
        }
    }

    private boolean isWord(int i, String word) {
        return tokens.is(i, TokenKind.IDENTIFIER) && tokens.raw(i).equals(word);
    }

    /** The bytes of the tokens [from, to). */
    private byte[] slice(int from, int to) {
        return Arrays.copyOfRange(sql, tokens.start(from), tokens.end(to - 1));
    }

    private static Unkeepable unfollowed() {
        return new Unkeepable("which rows it touches cannot be followed in its text", PLAINLY);
    }
}
