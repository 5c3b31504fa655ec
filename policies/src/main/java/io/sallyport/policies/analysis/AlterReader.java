package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** ALTER of anything; what drops or retypes a part of a table, type or domain destroys. */
final class AlterReader {
    private final TokenList tokens;
    private final Draft draft;

    AlterReader(TokenList tokens, Draft draft) {
        this.tokens = tokens;
        this.draft = draft;
    }

    void alter(Walker walker) {
        walker.skip();
        walker.take(Keyword.PROCEDURAL);
        ObjectType type = ObjectType.required(tokens, walker.at());
        draft.kind(DdlKinds.alter(type));
        type.skip(walker);
        if (!Transactionality.allows(draft.kind(), tokens, walker.at(), walker.end())) {
            draft.notTransactional();
        }
        new DefinitionReader(tokens, draft).read(type, walker.at(), walker.end());
        if (walker.take(Keyword.ALL, Keyword.IN)) {
            return;
        }
        new ObjectReader(tokens, draft).altered(type, new Walker(walker));
        new AlteredSettings(tokens, draft).read(type, new Walker(walker));
        walker.takeIfExists();
        switch (type.naming()) {
            case RELATION -> {
                draft.target(walker.relation());
                commands(walker, false);
            }
            case ON_TABLE -> {
                walker.seek(Keyword.ON);
                walker.expect(Keyword.ON);
                draft.target(walker.qualifiedName());
            }
            case NO_TABLE -> {
                if (type == ObjectType.TYPE || type == ObjectType.DOMAIN) {
                    walker.qualifiedName();
                    commands(walker, type == ObjectType.TYPE);
                }
            }
        }
    }

    /** The commands of ALTER TABLE, comma between them; ALTER TYPE and ALTER DOMAIN are alike. */
    private void commands(Walker walker, boolean attributes) {
        do {
            int from = walker.at();
            boolean mayCascade = attributes || walker.sees(Keyword.DROP);
            if (destroys(walker, attributes)) {
                draft.atLeast(StatementClass.DESTROY);
            }
            if (!nextCommand(walker)) {
                cascades(mayCascade, from, walker.at());
                return;
            }
            cascades(mayCascade, from, walker.at() - 1);
        } while (true);
    }

    /** REFERENCES … ON DELETE CASCADE drops nothing; DROP cascade is a column. */
    private void cascades(boolean mayCascade, int from, int to) {
        if (mayCascade && tokens.is(to - 1, Keyword.CASCADE) && isBehindName(from, to - 2)) {
            draft.cascade();
        }
    }

    private boolean isBehindName(int from, int i) {
        return i > from
                && switch (tokens.keyword(i)) {
                    case COLUMN, CONSTRAINT, ATTRIBUTE, EXISTS -> false;
                    default -> true;
                };
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

    private boolean destroys(Walker walker, boolean attributes) {
        return switch (walker.keyword()) {
            case DROP -> !domainDefault(walker);
            case ALTER -> destroysPart(walker, attributes);
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

    /** ALTER [COLUMN] name, or of a type ALTER ATTRIBUTE name, then what is done to it. A column may be called attribute. */
    private boolean destroysPart(Walker walker, boolean attributes) {
        walker.skip();
        if (walker.take(Keyword.CONSTRAINT)) {
            return false;
        }
        walker.take(attributes ? Keyword.ATTRIBUTE : Keyword.COLUMN);
        walker.skip();
        return switch (walker.keyword()) {
            case TYPE -> true;
            case DROP -> !keepsData(walker.at() + 1);
            case SET -> tokens.is(walker.at() + 1, Keyword.DATA) || tokens.is(walker.at() + 1, Keyword.EXPRESSION);
            default -> false;
        };
    }
}
