package io.sallyport.proxy.impact;

import io.sallyport.policies.analysis.FunctionGroup;
import io.sallyport.policies.analysis.StatementClass;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.decision.Rehearsal;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.BuiltInFunctions;
import io.sallyport.proxy.batch.Judgeable;
import io.sallyport.proxy.batch.SqlText;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a rollback takes back everything that a batch does, as far as its text tells. */
public final class Rehearsable {
    private static final String PG_CATALOG = "pg_catalog.";

    /** The server's own, in no group of those that reach beyond a transaction: what they did stays done all the same. */
    private static final Set<String> STAYS = Set.of("nextval", "pg_export_snapshot", "lo_create", "txid_status");

    /** What cannot be in a transaction of somebody else's, or is not the client's to send twice. */
    private static final Set<StatementKind> NEVER = EnumSet.of(
            StatementKind.BEGIN,
            StatementKind.COMMIT,
            StatementKind.ROLLBACK,
            StatementKind.ROLLBACK_TO,
            StatementKind.SAVEPOINT,
            StatementKind.RELEASE,
            StatementKind.PREPARE_TRANSACTION,
            StatementKind.SET_TRANSACTION,
            StatementKind.PREPARE,
            StatementKind.DEALLOCATE,
            StatementKind.DISCARD,
            StatementKind.COPY_FROM,
            StatementKind.COPY_TO);

    private Rehearsable() {}

    /** @return why it cannot be rehearsed; null where it can */
    public static @Nullable String objection(BatchReading reading, Rehearsal rehearsal) {
        if (!reading.console().isEmpty()) {
            return "a SALLYPORT statement is sent with it";
        } else if (!reading.resumed().isEmpty()) {
            return "the rest of an earlier portal is sent with it";
        }
        for (Judgeable point : reading.points()) {
            for (SqlText text : point.texts()) {
                for (StatementFacts statement : text.statements()) {
                    String objection = objection(statement, rehearsal);
                    if (objection != null) {
                        return objection;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable String objection(StatementFacts statement, Rehearsal rehearsal) {
        String word = statement.kind().label();
        if (!statement.readable()) {
            return "it cannot be read";
        } else if (NEVER.contains(statement.kind())) {
            return word + " cannot be run twice, or in a transaction of somebody else's";
        } else if (!statement.transactional()) {
            return word + " cannot run in a transaction";
        } else if (isOpaque(statement) && !rehearsal.knows(Rehearsal.ANY)) {
            return "what " + word + " runs is in no text";
        }
        for (String function : statement.functions()) {
            if (!staysInside(function) && !rehearsal.knows(function)) {
                return "it calls " + function + ", which is not known to leave nothing behind";
            }
        }
        for (StatementFacts nested : statement.nested()) {
            String objection = objection(nested, rehearsal);
            if (objection != null) {
                return objection;
            }
        }
        return null;
    }

    /** A procedure is judged by its name, as functions are. */
    private static boolean isOpaque(StatementFacts statement) {
        return statement.statementClass() == StatementClass.OPAQUE
                && (statement.kind() != StatementKind.CALL
                        || statement.functions().isEmpty());
    }

    private static boolean staysInside(String function) {
        String name = function.startsWith(PG_CATALOG) ? function.substring(PG_CATALOG.length()) : function;
        return BuiltInFunctions.has(name)
                && !STAYS.contains(name)
                && FunctionGroup.of(function).isEmpty();
    }
}
