package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How a batch has to run so that what it does can be looked at before it is committed. */
enum Wrapping {
    /** As it is: it changes nothing, or what it changes is looked at later, or cannot be. */
    PLAIN,
    /** As it is; a transaction of the client's begins with it. */
    BEGINS,
    /** Inside a transaction of ours. */
    WRAPPED,
    /** It ends the client's transaction: that is looked at first. */
    COMMITS,
    /** It ends transactions in its middle, where nobody can look. */
    HIDES;

    private static final Set<StatementKind> COMMITTING =
            EnumSet.of(StatementKind.COMMIT, StatementKind.PREPARE_TRANSACTION);

    private static final Set<StatementKind> CONTROL = EnumSet.of(
            StatementKind.BEGIN,
            StatementKind.COMMIT,
            StatementKind.ROLLBACK,
            StatementKind.SAVEPOINT,
            StatementKind.RELEASE,
            StatementKind.ROLLBACK_TO,
            StatementKind.PREPARE_TRANSACTION,
            StatementKind.SET_TRANSACTION);

    /** What runs no statement of anybody's: names, settings, messages, and what the server refuses outside of a transaction. */
    private static final Set<StatementKind> HARMLESS = EnumSet.of(
            StatementKind.SET,
            StatementKind.SET_ROLE,
            StatementKind.RESET,
            StatementKind.SHOW,
            StatementKind.DISCARD,
            StatementKind.LISTEN,
            StatementKind.UNLISTEN,
            StatementKind.NOTIFY,
            StatementKind.PREPARE,
            StatementKind.DEALLOCATE,
            StatementKind.CLOSE,
            StatementKind.FETCH,
            StatementKind.MOVE,
            StatementKind.LOCK,
            StatementKind.SET_CONSTRAINTS);

    /** @param status of the client's transaction */
    static Wrapping of(Batch batch, BatchReading reading, TransactionStatus status) {
        List<StatementFacts> statements = reading.points().stream()
                .flatMap(point -> point.texts().stream())
                .flatMap(text -> text.statements().stream())
                .toList();
        boolean ends = statements.stream().anyMatch(Wrapping::ends);
        if (status == TransactionStatus.FAILED) {
            // Behind its end, more would run, and be committed.
            return ends && statements.size() > 1 ? HIDES : PLAIN;
        }
        if (status == TransactionStatus.IN_TRANSACTION) {
            return inTransaction(statements, ends);
        }
        if (statements.stream().anyMatch(statement -> CONTROL.contains(statement.kind()))) {
            boolean begins = !ends && statements.get(0).kind() == StatementKind.BEGIN;
            return statements.stream().allMatch(Wrapping::isHarmless)
                    ? (begins ? BEGINS : PLAIN)
                    : begins ? BEGINS : HIDES;
        }
        boolean synced = batch.last().tag() != FrontendTag.FLUSH.code();
        boolean runs = !statements.isEmpty() || !reading.resumed().isEmpty();
        boolean alone = statements.size() == 1 && !statements.get(0).transactional();
        return synced && (!runs || alone || statements.stream().allMatch(Wrapping::isHarmless)) ? PLAIN : WRAPPED;
    }

    /** Whether a transaction begins or ends in it. */
    static boolean controls(BatchReading reading) {
        return reading.points().stream()
                .flatMap(point -> point.texts().stream())
                .flatMap(text -> text.statements().stream())
                .anyMatch(statement -> CONTROL.contains(statement.kind()));
    }

    private static Wrapping inTransaction(List<StatementFacts> statements, boolean ends) {
        if (!ends || statements.stream().allMatch(statement -> statement.kind() == StatementKind.ROLLBACK)) {
            return PLAIN;
        }
        return statements.size() == 1 && COMMITTING.contains(statements.get(0).kind()) ? COMMITS : HIDES;
    }

    /** Whether a transaction ends by it. */
    private static boolean ends(StatementFacts statement) {
        return COMMITTING.contains(statement.kind()) || statement.kind() == StatementKind.ROLLBACK;
    }

    private static boolean isHarmless(StatementFacts statement) {
        return HARMLESS.contains(statement.kind())
                || CONTROL.contains(statement.kind())
                || (statement.kind() == StatementKind.DECLARE_CURSOR
                        && !statement.text().toLowerCase(Locale.ROOT).contains("hold"));
    }
}
