package io.sallyport.policies.analysis;

import io.sallyport.policies.analysis.QueryLevel.Place;
import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import java.util.ArrayDeque;

/**
 * One pass over a query, or over the rest of a DML statement: tables read, functions called, writes in CTEs, SELECT INTO. Parentheses are
 * levels on a stack of our own, so that depth costs no call stack; only a CTE's body is read by recursion.
 */
final class QueryScan {
    private final Reading reading;
    private final TokenList tokens;
    private final Draft draft;
    private final CteReader ctes;
    private final ArrayDeque<QueryLevel> levels = new ArrayDeque<>();
    private QueryLevel level;
    private boolean selectInto;

    private QueryScan(Reading reading, Draft draft, QueryLevel level) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.draft = draft;
        this.ctes = new CteReader(reading);
        this.level = level;
    }

    /** Scans a query; true when it is a SELECT INTO. */
    static boolean query(Reading reading, Draft draft, int from, int to) {
        return run(reading, draft, Place.EXPRESSION, from, to);
    }

    /** Scans what follows USING in DELETE and MERGE: FROM items. */
    static void fromItems(Reading reading, Draft draft, int from, int to) {
        run(reading, draft, Place.FROM_ITEM, from, to);
    }

    private static boolean run(Reading reading, Draft draft, Place place, int from, int to) {
        QueryScan scan = new QueryScan(reading, draft, new QueryLevel(place, true, reading.scope()));
        int i = from;
        while (i < to) {
            i = scan.token(i);
        }
        reading.closeScope(scan.levels.isEmpty() ? scan.level.scope : scan.levels.getLast().scope);
        return scan.selectInto;
    }

    /** Reads the token and returns the next one to read. */
    private int token(int i) {
        return switch (tokens.kind(i)) {
            case LEFT_PARENTHESIS -> open(i);
            case RIGHT_PARENTHESIS -> close(i);
            case COMMA -> nextItem(i);
            case TYPECAST -> pastType(i + 1);
            case DOT -> {
                FunctionCalls.attribute(tokens, draft, i);
                yield i + 1;
            }
            case IDENTIFIER -> tokens.keyword(i).canBeName() && !tokens.is(i, Keyword.VALUES) ? word(i) : keyword(i);
            case QUOTED_IDENTIFIER, UNICODE_IDENTIFIER -> word(i);
            default -> i + 1;
        };
    }

    /** A comma or a JOIN: in a FROM clause another item follows. */
    private int nextItem(int i) {
        if (level.place == Place.AFTER_ITEM || level.place == Place.JOIN_CONDITION) {
            level.place = Place.FROM_ITEM;
        }
        return i + 1;
    }

    private int open(int i) {
        if (ctes.isBody(i)) {
            int name = ctes.nameOf(i);
            if (name >= 0 && level.recursive) {
                reading.addCte(name, i);
            }
            ctes.body(i, draft);
            if (name >= 0) {
                reading.addCte(name, i);
            }
            int next = tokens.partner(i) + 1;
            if (CteReader.startsWrite(tokens, next, tokens.size())) {
                throw new Unreadable("a write where only a query may stand");
            }
            return next;
        }
        // substring(delete FROM 2) is a column in a function's arguments.
        if (!Walker.isWord(tokens.kind(i - 1)) && CteReader.startsWrite(tokens, i + 1, tokens.partner(i))) {
            throw new Unreadable("a write where only a query may stand");
        }
        boolean item = level.place == Place.FROM_ITEM;
        if (item) {
            level.place = Place.AFTER_ITEM;
        }
        levels.push(level);
        level = new QueryLevel(item ? Place.FROM_ITEM : Place.EXPRESSION, false, reading.scope());
        return i + 1;
    }

    private int close(int i) {
        if (!levels.isEmpty()) {
            reading.closeScope(level.scope);
            level = levels.pop();
        }
        return i + 1;
    }

    private int keyword(int i) {
        Keyword keyword = tokens.keyword(i);
        switch (keyword) {
            case SELECT, VALUES -> {
                level.query = true;
                level.place = Place.EXPRESSION;
            }
            case WITH -> {
                level.recursive = tokens.is(i + 1, Keyword.RECURSIVE);
                if (level.place == Place.FROM_ITEM) {
                    level.place = Place.EXPRESSION;
                }
            }
            case TABLE -> level.place = Place.FROM_ITEM;
            case FROM -> {
                if (level.query && !isDistinctFrom(i)) {
                    level.place = Place.FROM_ITEM;
                }
            }
            case ON -> {
                if (level.place == Place.AFTER_ITEM) {
                    level.place = Place.JOIN_CONDITION;
                }
            }
            case WHERE,
                    GROUP,
                    HAVING,
                    WINDOW,
                    UNION,
                    INTERSECT,
                    EXCEPT,
                    ORDER,
                    LIMIT,
                    OFFSET,
                    FETCH,
                    FOR,
                    RETURNING,
                    WHEN -> {
                if (!staysInFrom(i)) {
                    level.place = Place.EXPRESSION;
                }
            }
            default -> {
                return clause(keyword, i);
            }
        }
        return i + 1;
    }

    private int clause(Keyword keyword, int i) {
        return switch (keyword) {
            case JOIN -> nextItem(i);
            case INTO -> into(i);
            case AS -> label(i + 1);
            default -> keyword.canBeFunction() ? word(i) : i + 1;
        };
    }

    /** WITHIN GROUP (…), and the WHEN of a CASE in a join's condition, end no FROM clause. */
    private boolean staysInFrom(int i) {
        return tokens.is(i, Keyword.GROUP)
                ? tokens.is(i - 1, Keyword.WITHIN)
                : tokens.is(i, Keyword.WHEN) && level.place == Place.JOIN_CONDITION;
    }

    /** IS [NOT] DISTINCT FROM; SELECT DISTINCT FROM, without a column, is a FROM clause. */
    private boolean isDistinctFrom(int i) {
        int is = tokens.is(i - 2, Keyword.NOT) ? i - 3 : i - 2;
        return tokens.is(i - 1, Keyword.DISTINCT) && tokens.is(is, Keyword.IS);
    }

    private int into(int i) {
        if (tokens.is(i - 1, Keyword.INSERT) || tokens.is(i - 1, Keyword.MERGE)) {
            return i + 1;
        }
        selectInto = true;
        int at = i + 1;
        while (isIntoOption(tokens.keyword(at)) && Walker.isWord(tokens.kind(at + 1))) {
            at++;
        }
        Walker walker = new Walker(tokens, at, tokens.size());
        draft.target(walker.qualifiedName());
        return walker.at();
    }

    private static boolean isIntoOption(Keyword keyword) {
        return switch (keyword) {
            case TEMPORARY, TEMP, UNLOGGED, LOCAL, GLOBAL, TABLE -> true;
            default -> false;
        };
    }

    /** Behind AS any word is a label, but for the MATERIALIZED of a CTE. */
    private int label(int i) {
        boolean body = tokens.is(i, Keyword.NOT)
                || (tokens.is(i, Keyword.MATERIALIZED) && tokens.is(i + 1, TokenKind.LEFT_PARENTHESIS));
        return body || !Walker.isWord(tokens.kind(i)) ? i : i + 1;
    }

    /** A name, or a word that may be a function's name, with what its dots join to it. */
    private int word(int i) {
        int last = FunctionCalls.lastOfName(tokens, i);
        boolean called = tokens.is(last + 1, TokenKind.LEFT_PARENTHESIS);
        if (level.place == Place.FROM_ITEM) {
            item(i, last, called);
        } else if (called && level.place != Place.AFTER_ITEM && canBeFunction(i, last)) {
            FunctionCalls.called(tokens, draft, i, last);
        }
        return last + 1;
    }

    private void item(int i, int last, boolean called) {
        if ((tokens.is(i, Keyword.ROWS) && tokens.is(i + 1, Keyword.FROM))
                || (!tokens.keyword(i).canBeName() && !called)) {
            return;
        }
        if (called) {
            FunctionCalls.called(tokens, draft, i, last);
        } else {
            TableName table = new Walker(tokens, i, last + 1).qualifiedName();
            if (!reading.isCte(table)) {
                draft.reads(table);
            }
        }
        level.place = Place.AFTER_ITEM;
    }

    private boolean canBeFunction(int i, int last) {
        return last > i
                || !tokens.is(i, TokenKind.IDENTIFIER)
                || (tokens.keyword(i).canBeFunction() && !isClause(i));
    }

    /** ON CONFLICT (…), FILTER (…), OVER (…), the INSERT (…) of a MERGE, OPERATOR(schema.+): grammar before a parenthesis. */
    private boolean isClause(int i) {
        return switch (tokens.keyword(i)) {
            case OPERATOR -> tokens.is(tokens.partner(i + 1) - 1, TokenKind.OPERATOR);
            case INSERT -> tokens.is(i - 1, Keyword.THEN);
            case NO_KEYWORD -> {
                boolean behindCall = tokens.is(i - 1, TokenKind.RIGHT_PARENTHESIS);
                yield (behindCall
                                && (tokens.raw(i).equals("over")
                                        || tokens.raw(i).equals("filter")))
                        || (tokens.is(i - 1, Keyword.ON) && tokens.raw(i).equals("conflict"));
            }
            default -> false;
        };
    }

    /** {@code ::numeric(10, 2)} calls nothing. */
    private int pastType(int i) {
        int at = Walker.isWord(tokens.kind(i)) ? i + 1 : i;
        while (tokens.is(at, TokenKind.DOT) && Walker.isWord(tokens.kind(at + 1))) {
            at += 2;
        }
        return at;
    }
}
