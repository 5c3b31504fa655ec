package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.SqlText;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

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

    /** What begins and ends transactions, as far as is known of it. */
    private static final Set<StatementKind> BOUNDARIES = EnumSet.of(
            StatementKind.BEGIN,
            StatementKind.COMMIT,
            StatementKind.ROLLBACK,
            StatementKind.ROLLBACK_TO,
            StatementKind.PREPARE_TRANSACTION,
            StatementKind.SET_TRANSACTION,
            StatementKind.UNREADABLE);

    private static final Set<StatementKind> SAVEPOINTS = EnumSet.of(StatementKind.SAVEPOINT, StatementKind.RELEASE);

    /** What runs no statement of anybody's: settings, messages, and what the server refuses outside of a transaction. */
    private static final Set<StatementKind> HARMLESS = EnumSet.of(
            StatementKind.SET,
            StatementKind.SET_ROLE,
            StatementKind.RESET,
            StatementKind.SHOW,
            StatementKind.DISCARD,
            StatementKind.LISTEN,
            StatementKind.UNLISTEN,
            StatementKind.NOTIFY,
            StatementKind.DEALLOCATE,
            StatementKind.CLOSE,
            StatementKind.FETCH,
            StatementKind.MOVE,
            StatementKind.LOCK,
            StatementKind.SET_CONSTRAINTS);

    /** The two of their kind that no transaction may hold; elsewhere in them the word may be a function's name. */
    private static final Pattern CONCURRENTLY = Pattern.compile(
            "\\s*(create\\s+(unique\\s+)?index\\s+concurrently\\s|alter\\s+table\\s+(if\\s+exists\\s+)?(only\\s+)?\\S+\\s+detach\\s+partition\\s)",
            Pattern.CASE_INSENSITIVE);

    /** @param status of the client's transaction */
    static Wrapping of(Batch batch, BatchReading reading, TransactionStatus status) {
        List<StatementFacts> statements = statements(reading);
        boolean ends = statements.stream().anyMatch(Wrapping::ends);
        if ((controls(reading) && !synced(batch)) || (ends && !endsAtOnce(batch, reading))) {
            // Its end would come when nobody looks, or is known of only later.
            return HIDES;
        }
        if (status == TransactionStatus.FAILED) {
            // Behind its end, more would run, and be committed.
            boolean more = statements.size() > 1
                    || statements.stream().anyMatch(statement -> statement.kind() == StatementKind.UNREADABLE);
            return ends && more ? HIDES : PLAIN;
        }
        return status == TransactionStatus.IN_TRANSACTION
                ? inTransaction(statements, ends)
                : outside(batch, reading, statements, ends);
    }

    private static Wrapping outside(Batch batch, BatchReading reading, List<StatementFacts> statements, boolean ends) {
        if (statements.stream().anyMatch(Wrapping::isControl)) {
            boolean begins = !ends && beginsAtOnce(batch, reading);
            return begins ? BEGINS : statements.stream().allMatch(Wrapping::isHarmless) ? PLAIN : HIDES;
        }
        boolean runs = !statements.isEmpty() || !reading.resumed().isEmpty();
        boolean alone = statements.size() == 1 && reading.resumed().isEmpty() && runsAlone(statements.get(0));
        return synced(batch) && (!runs || alone || harmless(reading, statements)) ? PLAIN : WRAPPED;
    }

    private static boolean harmless(BatchReading reading, List<StatementFacts> statements) {
        return reading.resumed().isEmpty() && statements.stream().allMatch(Wrapping::isHarmless);
    }

    /** Whether the server lets it run outside of transactions only, or inside only, which is an error before it does anything. */
    private static boolean runsAlone(StatementFacts statement) {
        return switch (statement.kind()) {
            case DECLARE_CURSOR -> !statement.text().toLowerCase(Locale.ROOT).contains("hold");
            case CREATE_INDEX, ALTER_TABLE ->
                !statement.transactional()
                        && CONCURRENTLY.matcher(statement.text()).lookingAt();
            default -> !statement.transactional();
        };
    }

    private static Wrapping inTransaction(List<StatementFacts> statements, boolean ends) {
        if (!ends) {
            return PLAIN;
        }
        if (statements.size() != 1) {
            return HIDES;
        }
        StatementKind kind = statements.get(0).kind();
        return kind == StatementKind.ROLLBACK ? PLAIN : COMMITTING.contains(kind) ? COMMITS : HIDES;
    }

    /** Whether its answers end with a ReadyForQuery: it may be cut anywhere, at a limit. */
    static boolean synced(Batch batch) {
        byte last = batch.last().tag();
        return last == FrontendTag.SYNC.code()
                || last == FrontendTag.QUERY.code()
                || last == FrontendTag.FUNCTION_CALL.code();
    }

    /** Whether it is one Query, or one portal that is run right behind its Bind, and nothing of an earlier batch is. */
    private static boolean endsAtOnce(Batch batch, BatchReading reading) {
        if (batch.size() == 1) {
            return true;
        }
        String bound = null;
        int executed = 0;
        for (Frame frame : batch.frames()) {
            if (frame.tag() == FrontendTag.BIND.code()) {
                if (bound != null) {
                    return false;
                }
                bound = FrontendMessage.Bind.namesOf(frame).portal();
            } else if (frame.tag() == FrontendTag.EXECUTE.code()) {
                executed += FrontendMessage.Execute.of(frame).portal().equals(bound) ? 1 : 2;
            } else if (frame.tag() == FrontendTag.QUERY.code()) {
                return false;
            }
        }
        return executed == 1 && reading.resumed().isEmpty();
    }

    /** Whether BEGIN, and nothing else, is the first that runs: bound alone, or by a name that stands for more, it begins nothing. */
    private static boolean beginsAtOnce(Batch batch, BatchReading reading) {
        List<SqlText> first = reading.points().get(0).texts();
        if (first.size() != 1
                || first.get(0).statements().isEmpty()
                || first.get(0).statements().get(0).kind() != StatementKind.BEGIN) {
            return false;
        }
        String bound = null;
        for (Frame frame : batch.frames()) {
            if (frame.tag() == FrontendTag.QUERY.code()) {
                return bound == null;
            } else if (frame.tag() == FrontendTag.FUNCTION_CALL.code()) {
                return false;
            } else if (frame.tag() == FrontendTag.BIND.code()) {
                if (bound != null) {
                    return false;
                }
                bound = FrontendMessage.Bind.namesOf(frame).portal();
            } else if (frame.tag() == FrontendTag.EXECUTE.code()) {
                return FrontendMessage.Execute.of(frame).portal().equals(bound);
            }
        }
        return false;
    }

    /** Whether an end is bound in it that another batch may execute. */
    static boolean bindsAnEnd(Batch batch, BatchReading reading) {
        return statements(reading).stream().anyMatch(Wrapping::ends) && !endsAtOnce(batch, reading);
    }

    /** Whether a transaction begins or ends in it. */
    static boolean controls(BatchReading reading) {
        return statements(reading).stream().anyMatch(statement -> BOUNDARIES.contains(statement.kind()));
    }

    private static List<StatementFacts> statements(BatchReading reading) {
        return reading.points().stream()
                .flatMap(point -> point.texts().stream())
                .flatMap(text -> text.statements().stream())
                .toList();
    }

    /** Whether a transaction ends by it, as far as is known of it. */
    private static boolean ends(StatementFacts statement) {
        return COMMITTING.contains(statement.kind())
                || statement.kind() == StatementKind.ROLLBACK
                || statement.kind() == StatementKind.UNREADABLE;
    }

    private static boolean isControl(StatementFacts statement) {
        return BOUNDARIES.contains(statement.kind()) || SAVEPOINTS.contains(statement.kind());
    }

    private static boolean isHarmless(StatementFacts statement) {
        return HARMLESS.contains(statement.kind())
                || (isControl(statement) && statement.kind() != StatementKind.UNREADABLE);
    }
}
