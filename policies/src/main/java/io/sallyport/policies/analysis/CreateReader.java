package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** CREATE of anything. Bodies of functions and rules are not run by it; their readers take them for later. */
final class CreateReader {
    private final Reading reading;
    private final TokenList tokens;
    private final Draft draft;

    CreateReader(Reading reading, Draft draft) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.draft = draft;
    }

    void create(Walker walker) {
        walker.skip();
        boolean replace = walker.take(Keyword.OR, Keyword.REPLACE);
        while (isModifier(walker.keyword())) {
            walker.skip();
        }
        ObjectType type = ObjectType.required(tokens, walker.at());
        draft.kind(DdlKinds.create(type));
        if (replace) {
            draft.atLeast(StatementClass.ALTER);
        }
        type.skip(walker);
        if (!Transactionality.allows(draft.kind(), tokens, walker.at(), walker.end())) {
            draft.notTransactional();
        }
        new ObjectReader(tokens, draft).created(type, new Walker(walker));
        new DefinitionReader(tokens, draft).read(type, walker.at(), walker.end());
        details(type, walker);
    }

    private static boolean isModifier(Keyword keyword) {
        return switch (keyword) {
            case GLOBAL,
                    LOCAL,
                    TEMPORARY,
                    TEMP,
                    UNLOGGED,
                    RECURSIVE,
                    UNIQUE,
                    CONSTRAINT,
                    TRUSTED,
                    PROCEDURAL,
                    DEFAULT -> true;
            default -> false;
        };
    }

    private void details(ObjectType type, Walker walker) {
        switch (type) {
            case TABLE, VIEW, MATERIALIZED_VIEW -> relation(walker);
            case FOREIGN_TABLE, SEQUENCE -> {
                walker.takeIfExists();
                draft.target(walker.qualifiedName());
                new ParentTables(tokens, draft).read(walker);
            }
            case INDEX, POLICY -> on(walker);
            case TRIGGER -> {
                on(walker);
                trigger(walker);
            }
            case EVENT_TRIGGER -> trigger(walker);
            case FUNCTION, PROCEDURE -> new RoutineReader(reading, draft).read(walker);
            case RULE -> new RuleReader(reading, draft).read(walker);
            case SCHEMA -> elements(walker);
            default -> {}
        }
    }

    private void on(Walker walker) {
        walker.seek(Keyword.ON);
        walker.expect(Keyword.ON);
        draft.target(walker.relation());
    }

    /** EXECUTE FUNCTION f(…), or PROCEDURE as before version 11. */
    private void trigger(Walker walker) {
        while (walker.seek(Keyword.EXECUTE)) {
            walker.skip();
            if (walker.take(Keyword.FUNCTION) || walker.take(Keyword.PROCEDURE)) {
                draft.calls(walker.qualifiedName().toString());
                return;
            }
        }
        throw new Unreadable("expected EXECUTE FUNCTION at the end");
    }

    private void relation(Walker walker) {
        walker.takeIfExists();
        draft.target(walker.qualifiedName());
        if (draft.kind() == StatementKind.CREATE_TABLE) {
            new ParentTables(tokens, draft).read(new Walker(walker));
        }
        if (!walker.seek(Keyword.AS)) {
            return;
        }
        walker.skip();
        boolean table = draft.kind() == StatementKind.CREATE_TABLE;
        if (table) {
            draft.kind(StatementKind.CREATE_TABLE_AS);
        }
        StatementReader statements = new StatementReader(reading);
        draft.runs(
                table && walker.sees(Keyword.EXECUTE)
                        ? statements.statement(walker.at(), walker.end())
                        : statements.preparable(walker.at(), walker.end()));
    }

    /** CREATE SCHEMA may bring its first objects and grants with it. */
    private void elements(Walker walker) {
        int from = -1;
        while (!walker.atEnd()) {
            if (startsElement(walker)) {
                element(from, walker.at());
                from = walker.at();
            }
            if (!walker.takeGroup()) {
                walker.skip();
            }
        }
        element(from, walker.end());
    }

    /** GRANT CREATE and WITH GRANT OPTION hold the two words elsewhere. */
    private boolean startsElement(Walker walker) {
        int before = walker.at() - 1;
        boolean privilege = tokens.is(before, Keyword.GRANT) || tokens.is(before, TokenKind.COMMA);
        return (walker.sees(Keyword.CREATE) && !privilege)
                || (walker.sees(Keyword.GRANT) && !tokens.is(before, Keyword.WITH));
    }

    private void element(int from, int to) {
        if (from >= 0) {
            draft.runs(new StatementReader(reading).statement(from, to));
        }
    }
}
