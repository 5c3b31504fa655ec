package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** ALTER of anything; what drops or retypes a part of a table, type or domain destroys. */
final class AlterReader {
    private final Reading reading;
    private final TokenList tokens;
    private final Draft draft;

    AlterReader(Reading reading, Draft draft) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.draft = draft;
    }

    void alter(Walker walker) {
        walker.skip();
        walker.take(Keyword.PROCEDURAL);
        ObjectType type = ObjectType.at(tokens, walker.at());
        draft.kind(DdlKinds.alter(type));
        for (int i = 0; type != null && i < type.length(); i++) {
            walker.skip();
        }
        if (type == null || walker.take(Keyword.ALL, Keyword.IN)) {
            return;
        }
        walker.takeIfExists();
        switch (type.naming()) {
            case RELATION -> {
                draft.target(walker.relation());
                commands(walker);
            }
            case ON_TABLE -> {
                walker.seek(Keyword.ON);
                walker.expect(Keyword.ON);
                draft.target(walker.qualifiedName());
            }
            case NO_TABLE -> {
                if (type == ObjectType.TYPE || type == ObjectType.DOMAIN) {
                    walker.qualifiedName();
                    commands(walker);
                }
            }
        }
    }

    /** The commands of ALTER TABLE, comma between them; ALTER TYPE and ALTER DOMAIN are alike. */
    private void commands(Walker walker) {
        do {
            if (destroys(walker)) {
                draft.atLeast(StatementClass.DESTROY);
            }
        } while (nextCommand(walker));
    }

    private static boolean nextCommand(Walker walker) {
        while (!walker.atEnd()) {
            if (walker.take(TokenKind.COMMA)) {
                return true;
            }
            if (!walker.takeGroup()) {
                walker.skip();
            }
        }
        return false;
    }

    private boolean destroys(Walker walker) {
        return switch (walker.keyword()) {
            case DROP -> !domainDefault(walker);
            case ALTER -> destroysPart(walker);
            case DETACH -> true;
            case SET -> tokens.is(walker.at() + 1, Keyword.WITHOUT) && tokens.is(walker.at() + 2, Keyword.OIDS);
            default -> false;
        };
    }

    /** ALTER DOMAIN … DROP DEFAULT, DROP NOT NULL. Of a table that would be a column: DEFAULT and NOT are reserved words. */
    private boolean domainDefault(Walker walker) {
        return keepsData(walker.at() + 1);
    }

    private boolean keepsData(int i) {
        return tokens.is(i, Keyword.DEFAULT) || tokens.is(i, Keyword.NOT);
    }

    /** ALTER [COLUMN | ATTRIBUTE] name, then what is done to it. */
    private boolean destroysPart(Walker walker) {
        walker.skip();
        if (walker.take(Keyword.CONSTRAINT)) {
            return false;
        }
        if (!walker.take(Keyword.COLUMN)
                && walker.sees(Keyword.ATTRIBUTE)
                && Walker.isWord(tokens.kind(walker.at() + 1))) {
            walker.skip();
        }
        walker.skip();
        return switch (walker.keyword()) {
            case TYPE -> true;
            case DROP -> !keepsData(walker.at() + 1);
            case SET -> tokens.is(walker.at() + 1, Keyword.DATA) || tokens.is(walker.at() + 1, Keyword.EXPRESSION);
            default -> false;
        };
    }
}
