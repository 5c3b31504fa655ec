package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;

/** BEGIN to ROLLBACK PREPARED. */
final class TransactionReader {
    private TransactionReader() {}

    static void read(Walker walker, Draft draft) {
        Keyword verb = walker.keyword();
        walker.skip();
        draft.kind(
                switch (verb) {
                    case BEGIN, START -> StatementKind.BEGIN;
                    case COMMIT -> walker.sees(Keyword.PREPARED) ? StatementKind.COMMIT_PREPARED : StatementKind.COMMIT;
                    case END -> StatementKind.COMMIT;
                    case SAVEPOINT -> StatementKind.SAVEPOINT;
                    case RELEASE -> StatementKind.RELEASE;
                    default -> rollback(walker);
                });
        if (draft.kind() == StatementKind.COMMIT_PREPARED || draft.kind() == StatementKind.ROLLBACK_PREPARED) {
            draft.notTransactional();
        }
    }

    private static StatementKind rollback(Walker walker) {
        if (walker.sees(Keyword.PREPARED)) {
            return StatementKind.ROLLBACK_PREPARED;
        }
        if (!walker.take(Keyword.WORK)) {
            walker.take(Keyword.TRANSACTION);
        }
        return walker.sees(Keyword.TO) ? StatementKind.ROLLBACK_TO : StatementKind.ROLLBACK;
    }
}
