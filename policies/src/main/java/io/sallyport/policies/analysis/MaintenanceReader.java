package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;
import io.sallyport.policies.sql.TokenList;

/** VACUUM, ANALYZE, CLUSTER, REINDEX, REFRESH, LOCK, TRUNCATE, CHECKPOINT. */
final class MaintenanceReader {
    private final TokenList tokens;
    private final Draft draft;

    MaintenanceReader(TokenList tokens, Draft draft) {
        this.tokens = tokens;
        this.draft = draft;
    }

    void read(Walker walker) {
        Keyword verb = walker.keyword();
        walker.skip();
        switch (verb) {
            case VACUUM -> vacuum(walker);
            case ANALYZE, ANALYSE -> {
                draft.kind(StatementKind.ANALYZE);
                walker.takeGroup();
                walker.take(Keyword.VERBOSE);
                tables(walker);
            }
            case CLUSTER -> cluster(walker);
            case REINDEX -> reindex(walker);
            case REFRESH -> {
                walker.expect(Keyword.MATERIALIZED);
                walker.expect(Keyword.VIEW);
                draft.kind(StatementKind.REFRESH_MATERIALIZED_VIEW);
                walker.take(Keyword.CONCURRENTLY);
                draft.target(walker.qualifiedName());
            }
            case LOCK -> {
                draft.kind(StatementKind.LOCK);
                walker.take(Keyword.TABLE);
                tables(walker);
            }
            case TRUNCATE -> {
                draft.kind(StatementKind.TRUNCATE);
                walker.take(Keyword.TABLE);
                if (walker.endsInCascade()) {
                    draft.cascade();
                }
                tables(walker);
            }
            default -> draft.kind(StatementKind.CHECKPOINT);
        }
    }

    private void vacuum(Walker walker) {
        boolean full = walker.sees(TokenKind.LEFT_PARENTHESIS) && new Options(tokens, walker.at()).isOn("full", "full");
        if (!walker.takeGroup()) {
            full = walker.take(Keyword.FULL);
            walker.take(Keyword.FREEZE);
            walker.take(Keyword.VERBOSE);
            if (!walker.take(Keyword.ANALYZE)) {
                walker.take(Keyword.ANALYSE);
            }
        }
        draft.kind(full ? StatementKind.VACUUM_FULL : StatementKind.VACUUM);
        draft.notTransactional();
        tables(walker);
    }

    /** {@code CLUSTER [VERBOSE] table [USING index]}, or as before 8.3 {@code CLUSTER index ON table}. */
    private void cluster(Walker walker) {
        draft.kind(StatementKind.CLUSTER);
        walker.takeGroup();
        walker.take(Keyword.VERBOSE);
        if (walker.atEnd()) {
            draft.notTransactional();
            return;
        }
        TableName first = walker.qualifiedName();
        draft.target(walker.take(Keyword.ON) ? walker.qualifiedName() : first);
    }

    private void reindex(Walker walker) {
        draft.kind(StatementKind.REINDEX);
        boolean concurrently = walker.sees(TokenKind.LEFT_PARENTHESIS)
                && new Options(tokens, walker.at()).isOn("concurrently", "concurrently");
        walker.takeGroup();
        boolean relation = walker.take(Keyword.TABLE) || walker.take(Keyword.INDEX);
        ObjectType type = relation ? null : ObjectType.find(tokens, walker.at());
        if (type != null) {
            type.skip(walker);
        }
        concurrently |= walker.take(Keyword.CONCURRENTLY);
        // So is the REINDEX of a partitioned table, which the text does not show.
        if (concurrently || !relation) {
            draft.notTransactional();
        }
        if (type != null) {
            new ObjectReader(tokens, draft).altered(type, walker);
        }
        if (relation) {
            draft.target(walker.qualifiedName());
        }
    }

    /** Tables with a comma between them, each perhaps with columns; an empty list means every table. */
    private void tables(Walker walker) {
        while (!walker.atEnd() && (walker.sees(Keyword.ONLY) || tokens.isName(walker.at()))) {
            draft.target(walker.relation());
            walker.takeGroup();
            if (!walker.take(TokenKind.COMMA)) {
                return;
            }
        }
    }
}
