package io.sallyport.policies.analysis;

import io.sallyport.policies.sql.Keyword;
import io.sallyport.policies.sql.TokenKind;

/** One statement, by its leading word; the readers of the families do the rest. */
final class StatementReader {
    private final Reading reading;

    StatementReader(Reading reading) {
        this.reading = reading;
    }

    /** Any statement, in the tokens [from, to). */
    StatementFacts statement(int from, int to) {
        return read(from, to, false);
    }

    /** A statement of those that may stand inside another: SELECT, INSERT, UPDATE, DELETE, MERGE. */
    StatementFacts preparable(int from, int to) {
        return read(from, to, true);
    }

    private StatementFacts read(int from, int to, boolean preparable) {
        if (from >= to) {
            throw new Unreadable("expected a statement");
        }
        reading.enter();
        Draft draft = new Draft();
        Walker walker = new Walker(reading.tokens(), from, to);
        boolean with = walker.sees(Keyword.WITH);
        if (with) {
            new CteReader(reading).list(walker, draft);
        }
        if (!dml(walker, draft)) {
            if (with || preparable) {
                throw new Unreadable("expected SELECT, INSERT, UPDATE, DELETE or MERGE");
            }
            other(walker, draft);
        }
        reading.leave();
        return draft.facts(reading.start(from), reading.end(to - 1), reading.text(from, to));
    }

    private boolean dml(Walker walker, Draft draft) {
        switch (walker.keyword()) {
            case SELECT, VALUES, TABLE -> select(walker, draft);
            case INSERT -> new DmlReader(reading, draft).insert(walker);
            case UPDATE -> new DmlReader(reading, draft).update(walker);
            case DELETE -> new DmlReader(reading, draft).delete(walker);
            case MERGE -> new MergeReader(reading, draft).merge(walker);
            default -> {
                if (!walker.sees(TokenKind.LEFT_PARENTHESIS)) {
                    return false;
                }
                select(walker, draft);
            }
        }
        return true;
    }

    private void select(Walker walker, Draft draft) {
        boolean into = QueryScan.query(reading, draft, walker.at(), walker.end());
        draft.kind(into ? StatementKind.SELECT_INTO : StatementKind.SELECT);
        if (into) {
            draft.destructive();
        }
    }

    private void other(Walker walker, Draft draft) {
        switch (walker.keyword()) {
            case CREATE -> new CreateReader(reading, draft).create(walker);
            case ALTER -> new AlterReader(reading.tokens(), draft).alter(walker);
            case DROP -> new DropReader(draft).drop(reading.tokens(), walker);
            case COPY -> new CopyReader(reading, draft).copy(walker);
            case EXPLAIN -> new ExplainReader(reading, draft).explain(walker);
            case PREPARE, EXECUTE, DEALLOCATE -> new PreparedReader(reading, draft).read(walker);
            case DECLARE, FETCH, MOVE, CLOSE -> new CursorReader(reading, draft).read(walker);
            case BEGIN, START, COMMIT, END, ROLLBACK, ABORT, SAVEPOINT, RELEASE ->
                TransactionReader.read(walker, draft);
            case SET, RESET, SHOW, DISCARD, LISTEN, UNLISTEN, NOTIFY ->
                new SessionReader(reading.tokens(), draft).read(walker);
            case VACUUM, ANALYZE, ANALYSE, CLUSTER, REINDEX, REFRESH, LOCK, TRUNCATE, CHECKPOINT ->
                new MaintenanceReader(reading.tokens(), draft).read(walker);
            default -> plain(walker, draft);
        }
    }

    /** Statements that need no more than their leading words. */
    private void plain(Walker walker, Draft draft) {
        switch (walker.keyword()) {
            case DO -> new DoReader(reading, draft).read(walker);
            case CALL -> {
                draft.kind(StatementKind.CALL);
                FunctionCalls.scan(reading.tokens(), draft, walker.at() + 1, walker.end());
            }
            case LOAD -> draft.kind(StatementKind.LOAD);
            case GRANT -> new PrivilegeReader(reading.tokens(), draft).read(walker, StatementKind.GRANT);
            case REVOKE -> new PrivilegeReader(reading.tokens(), draft).read(walker, StatementKind.REVOKE);
            case COMMENT -> labelled(walker, draft, StatementKind.COMMENT);
            case SECURITY -> labelled(walker, draft, StatementKind.SECURITY_LABEL);
            case IMPORT -> draft.kind(StatementKind.IMPORT_FOREIGN_SCHEMA);
            case REASSIGN -> draft.kind(StatementKind.REASSIGN_OWNED);
            default -> {
                int at = walker.at();
                boolean word = reading.tokens().is(at, TokenKind.IDENTIFIER);
                if (!word || !reading.tokens().raw(at).equals("sallyport")) {
                    throw new Unreadable("a statement does not begin with that");
                }
                draft.kind(StatementKind.SALLYPORT);
            }
        }
    }

    /** COMMENT and SECURITY LABEL … ON type name. */
    private void labelled(Walker walker, Draft draft, StatementKind kind) {
        draft.kind(kind);
        if (walker.seek(Keyword.ON)) {
            walker.skip();
            ObjectType type = ObjectType.find(reading.tokens(), walker.at());
            if (type != null) {
                type.skip(walker);
                new ObjectReader(reading.tokens(), draft).altered(type, walker);
            }
        }
    }
}
