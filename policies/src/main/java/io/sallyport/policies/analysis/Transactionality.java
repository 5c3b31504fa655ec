package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/**
 * Whether the server refuses a definition inside a transaction block: the callers of PreventInTransactionBlock (xact.c) in PostgreSQL 13 to 18,
 * and the manual's pages of the commands.
 */
final class Transactionality {
    private Transactionality() {}

    /** The tokens behind the verb are [from, to). */
    static boolean allows(StatementKind kind, TokenList tokens, int from, int to) {
        return switch (kind) {
            case CREATE_DATABASE, DROP_DATABASE, CREATE_TABLESPACE, DROP_TABLESPACE, ALTER_SYSTEM -> false;
            case CREATE_INDEX, DROP_INDEX, ALTER_TABLE -> !has(tokens, from, to, Keyword.CONCURRENTLY);
            case ALTER_DATABASE -> !setsTablespace(tokens, from, to);
            // Both touch a replication slot on another server, unless told not to.
            case CREATE_SUBSCRIPTION -> !connects(tokens, from, to);
            case DROP_SUBSCRIPTION -> false;
            case ALTER_SUBSCRIPTION -> !refreshes(tokens, from, to);
            default -> true;
        };
    }

    private static boolean has(TokenList tokens, int from, int to, Keyword keyword) {
        return new Walker(tokens, from, to).seek(keyword);
    }

    private static boolean setsTablespace(TokenList tokens, int from, int to) {
        Walker walker = new Walker(tokens, from, to);
        return walker.seek(Keyword.SET)
                && tokens.is(walker.at() + 1, Keyword.TABLESPACE)
                && !tokens.is(walker.at() + 2, Keyword.TO)
                && !tokens.isOperator(walker.at() + 2, "=");
    }

    /** CREATE SUBSCRIPTION makes a slot unless one of these is switched off. */
    private static boolean connects(TokenList tokens, int from, int to) {
        Walker walker = new Walker(tokens, from, to);
        while (!walker.atEnd()) {
            if (walker.sees(TokenKind.LEFT_PARENTHESIS)) {
                Options options = new Options(tokens, walker.at());
                return !options.isOff("connect") && !options.isOff("create_slot");
            }
            walker.skip();
        }
        return true;
    }

    /** [REFRESH | SET | ADD | DROP] PUBLICATION with refresh left on, and options of the slot: SET (failover), SET (two_phase). */
    private static boolean refreshes(TokenList tokens, int from, int to) {
        Walker walker = new Walker(tokens, from, to);
        if (!walker.seek(Keyword.PUBLICATION)) {
            return mentions(tokens, from, to, "failover") || mentions(tokens, from, to, "two_phase");
        }
        while (!walker.atEnd() && !walker.sees(TokenKind.LEFT_PARENTHESIS)) {
            walker.skip();
        }
        return walker.atEnd() || !new Options(tokens, walker.at()).isOff("refresh");
    }

    private static boolean mentions(TokenList tokens, int from, int to, String option) {
        for (int i = from; i < to; i++) {
            if (Walker.isWord(tokens.kind(i)) && tokens.name(i).equalsIgnoreCase(option)) {
                return true;
            }
        }
        return false;
    }
}
