package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;

/** GRANT and REVOKE; tables and sequences are named, other objects are not. */
final class PrivilegeReader {
    private PrivilegeReader() {}

    static void read(Walker walker, Draft draft, StatementKind kind) {
        draft.kind(kind);
        if (!walker.seek(Keyword.ON)) {
            return;
        }
        walker.skip();
        if (!walker.take(Keyword.TABLE) && !walker.take(Keyword.SEQUENCE) && isObjectWord(walker.keyword())) {
            return;
        }
        do {
            draft.target(walker.qualifiedName());
        } while (walker.take(TokenKind.COMMA));
    }

    private static boolean isObjectWord(Keyword keyword) {
        return switch (keyword) {
            case ALL,
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
