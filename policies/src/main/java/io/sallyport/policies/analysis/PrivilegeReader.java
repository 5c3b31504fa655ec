package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;
import org.jspecify.annotations.Nullable;

/** GRANT and REVOKE, of privileges on objects and of roles. */
final class PrivilegeReader {
    private final TokenList tokens;
    private final Draft draft;

    PrivilegeReader(TokenList tokens, Draft draft) {
        this.tokens = tokens;
        this.draft = draft;
    }

    void read(Walker walker, StatementKind kind) {
        draft.kind(kind);
        if (kind == StatementKind.REVOKE && walker.endsInCascade()) {
            draft.cascade();
        }
        walker.skip();
        Walker on = new Walker(walker);
        if (on.seek(Keyword.ON)) {
            on.skip();
            objects(on);
        } else {
            roles(walker);
        }
    }

    private void objects(Walker walker) {
        ObjectReader names = new ObjectReader(tokens, draft);
        if (walker.sees(Keyword.ALL)) {
            // ALL TABLES IN SCHEMA a, b
            walker.seek(Keyword.SCHEMA);
            walker.take(Keyword.SCHEMA);
            names.several(ObjectType.SCHEMA, walker);
            return;
        }
        walker.take(Keyword.FOREIGN, Keyword.SERVER);
        ObjectType type = tokens.is(walker.at() - 1, Keyword.SERVER) ? ObjectType.SERVER : typeAt(walker);
        if (type == null) {
            // PARAMETER, of a configuration: no object.
            return;
        }
        names.several(type, new Walker(walker));
        if (type.naming() == ObjectType.Naming.RELATION) {
            do {
                draft.target(walker.qualifiedName());
            } while (walker.take(TokenKind.COMMA));
        }
    }

    private @Nullable ObjectType typeAt(Walker walker) {
        if (isObjectWord(walker.keyword()) && Walker.isWord(tokens.kind(walker.at() + 1))) {
            ObjectType type = ObjectType.find(tokens, walker.at());
            if (type != null) {
                type.skip(walker);
            }
            return type;
        }
        return ObjectType.TABLE;
    }

    /** GRANT role, … TO; REVOKE [… OPTION FOR] role, … FROM. */
    private void roles(Walker walker) {
        Walker optionFor = new Walker(walker);
        boolean option = optionFor.seek(Keyword.FOR);
        optionFor.skip();
        new ObjectReader(tokens, draft).several(ObjectType.ROLE, option ? optionFor : walker);
    }

    private static boolean isObjectWord(Keyword keyword) {
        return switch (keyword) {
            case TABLE,
                    SEQUENCE,
                    DATABASE,
                    DOMAIN,
                    FUNCTION,
                    PROCEDURE,
                    ROUTINE,
                    LANGUAGE,
                    LARGE,
                    PARAMETER,
                    SCHEMA,
                    TABLESPACE,
                    TYPE,
                    FOREIGN -> true;
            default -> false;
        };
    }
}
