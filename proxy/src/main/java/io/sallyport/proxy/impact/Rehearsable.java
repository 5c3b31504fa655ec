package io.sallyport.proxy.impact;

import io.sallyport.policies.analysis.FunctionGroup;
import io.sallyport.policies.analysis.StatementClass;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.decision.Rehearsal;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.BuiltInFunctions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a rollback takes back everything that a batch does, as far as its text tells. */
public final class Rehearsable {
    private static final String PG_CATALOG = "pg_catalog.";

    /** The server's own, in no group of those that reach beyond a transaction: what they did stays done all the same. */
    private static final Set<String> STAYS = Set.of(
            "nextval",
            "pg_export_snapshot",
            "gin_clean_pending_list",
            "brin_summarize_new_values",
            "brin_summarize_range",
            "brin_desummarize_range",
            "setseed",
            "pg_logical_slot_peek_changes",
            "pg_logical_slot_peek_binary_changes");

    /** Aggregates and window functions: the list of the server's own functions has only what can be called by its number. */
    private static final Set<String> OVER_ROWS = Set.of(
            "count",
            "sum",
            "avg",
            "min",
            "max",
            "bool_and",
            "bool_or",
            "every",
            "any_value",
            "bit_and",
            "bit_or",
            "bit_xor",
            "array_agg",
            "string_agg",
            "json_agg",
            "jsonb_agg",
            "json_object_agg",
            "jsonb_object_agg",
            "xmlagg",
            "range_agg",
            "range_intersect_agg",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "variance",
            "var_pop",
            "var_samp",
            "corr",
            "covar_pop",
            "covar_samp",
            "mode",
            "percentile_cont",
            "percentile_disc",
            "rank",
            "dense_rank",
            "percent_rank",
            "cume_dist",
            "ntile",
            "row_number",
            "lag",
            "lead",
            "first_value",
            "last_value",
            "nth_value",
            "grouping");

    /** Each may take as long as one may. */
    private static final int MOST_STATEMENTS = 20;

    /** What a rollback takes back, and what does not go behind it: cursors move for good, ANALYZE and CREATE EXTENSION do. */
    private static final Set<StatementKind> KINDS = EnumSet.of(
            StatementKind.SELECT,
            StatementKind.INSERT,
            StatementKind.UPDATE,
            StatementKind.DELETE,
            StatementKind.MERGE,
            StatementKind.TRUNCATE,
            StatementKind.CALL,
            StatementKind.DO,
            StatementKind.LOCK,
            StatementKind.GRANT,
            StatementKind.REVOKE,
            StatementKind.EXPLAIN,
            StatementKind.EXPLAIN_ANALYZE,
            StatementKind.ALTER_TABLE,
            StatementKind.CREATE_TABLE,
            StatementKind.CREATE_TABLE_AS,
            StatementKind.CREATE_INDEX,
            StatementKind.REFRESH_MATERIALIZED_VIEW,
            StatementKind.DROP_TABLE,
            StatementKind.DROP_VIEW,
            StatementKind.DROP_MATERIALIZED_VIEW,
            StatementKind.DROP_INDEX,
            StatementKind.DROP_SEQUENCE,
            StatementKind.DROP_SCHEMA,
            StatementKind.DROP_TYPE,
            StatementKind.DROP_FUNCTION);

    private Rehearsable() {}

    /** @return why it cannot be rehearsed; null where it can */
    public static @Nullable String objection(BatchReading reading, Rehearsal rehearsal) {
        if (!reading.console().isEmpty()) {
            return "a SALLYPORT statement is sent with it";
        } else if (!reading.resumed().isEmpty()) {
            return "the rest of an earlier portal is sent with it";
        }
        List<StatementFacts> statements = statements(reading);
        if (statements.size() > MOST_STATEMENTS) {
            return "it has more than " + MOST_STATEMENTS + " statements";
        }
        for (StatementFacts statement : statements) {
            String objection = objection(statement, rehearsal);
            if (objection != null) {
                return objection;
            }
        }
        return null;
    }

    private static List<StatementFacts> statements(BatchReading reading) {
        return reading.points().stream()
                .flatMap(point -> point.texts().stream())
                .flatMap(text -> text.statements().stream())
                .toList();
    }

    /** Whether an error may have something in its words that the requester may not read: of other tables than the one that is written. */
    public static boolean readsOtherTables(BatchReading reading) {
        return statements(reading).stream().anyMatch(Rehearsable::readsOtherTables);
    }

    private static boolean readsOtherTables(StatementFacts statement) {
        return statement.statementClass() == StatementClass.READ
                || statement.tables().size() > 1
                || statement.nested().stream().anyMatch(Rehearsable::readsOtherTables);
    }

    private static @Nullable String objection(StatementFacts statement, Rehearsal rehearsal) {
        String word = statement.kind().label();
        if (!statement.readable()) {
            return "it cannot be read";
        } else if (!statement.transactional()) {
            return word + " cannot run in a transaction";
        } else if (!KINDS.contains(statement.kind())) {
            return "a rollback may not take back all that " + word + " does";
        } else if (!statement.settings().isEmpty()) {
            return "it changes settings";
        } else if (isOpaque(statement) && !rehearsal.knows(Rehearsal.ANY)) {
            return "what " + word + " runs is in no text";
        }
        String function = unknown(statement, rehearsal);
        if (function != null) {
            return "it calls " + function + ", which is not known to leave nothing behind";
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

    /** The first function, of the statement itself, that may leave something behind; null where there is none. */
    public static @Nullable String unknown(StatementFacts statement, Rehearsal rehearsal) {
        return statement.functions().stream()
                .filter(function -> !staysInside(function) && !rehearsal.knows(function))
                .findFirst()
                .orElse(null);
    }

    private static boolean staysInside(String function) {
        String name = function.startsWith(PG_CATALOG) ? function.substring(PG_CATALOG.length()) : function;
        return (BuiltInFunctions.has(name) || OVER_ROWS.contains(name))
                && !STAYS.contains(name)
                && FunctionGroup.of(function).isEmpty();
    }
}
