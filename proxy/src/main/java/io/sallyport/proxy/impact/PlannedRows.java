package io.sallyport.proxy.impact;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the answer to {@code EXPLAIN (FORMAT JSON)} (manual, "Using EXPLAIN"; commands/explain.c). */
final class PlannedRows {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The children of a ModifyTable that bring the rows it changes; before PostgreSQL 14 one for each partition. */
    private static final Set<String> BRINGS_ROWS = Set.of("Outer", "Member");

    private long changed;
    private int writes;
    private boolean unknown;

    private PlannedRows() {}

    /**
     * @param rows the rows that all its ModifyTable nodes change together
     * @param writes how many of these nodes there are
     */
    record Changed(long rows, int writes) {}

    /** @return null where the plan does not tell */
    static @Nullable Changed changed(String json) {
        PlannedRows found = new PlannedRows();
        JsonNode plans = read(json);
        if (plans == null || !plans.isArray()) {
            return null;
        }
        for (JsonNode statement : plans) {
            found.visit(statement.path("Plan"));
        }
        return found.unknown || found.writes == 0 ? null : new Changed(found.changed, found.writes);
    }

    /** @return how many rows the whole plan brings; null where it does not tell */
    static @Nullable Long brought(String json) {
        JsonNode plans = read(json);
        JsonNode rows = plans == null || plans.size() != 1
                ? null
                : plans.get(0).path("Plan").get("Plan Rows");
        return rows == null || !rows.isNumber() ? null : rows.asLong();
    }

    private static @Nullable JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException broken) {
            return null;
        }
    }

    private void visit(JsonNode node) {
        boolean modifies = node.path("Node Type").asString("").equals("ModifyTable");
        if (modifies) {
            writes++;
        }
        for (JsonNode child : node.path("Plans")) {
            if (modifies
                    && BRINGS_ROWS.contains(child.path("Parent Relationship").asString(""))) {
                add(child);
            }
            visit(child);
        }
    }

    /** A foreign server that does the work by itself plans no rows (postgres_fdw, direct modification). */
    private void add(JsonNode child) {
        JsonNode rows = child.get("Plan Rows");
        String operation = child.path("Operation").asString("Select");
        if (rows == null || !rows.isNumber() || !operation.equals("Select")) {
            unknown = true;
        } else {
            changed += rows.asLong();
        }
    }
}
