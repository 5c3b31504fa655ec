package io.sallyport.policies.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** INSERT, UPDATE, DELETE, MERGE and TRUNCATE as comparable texts, from a label's effects and from facts. */
final class CorpusWrites {
    private static final Set<String> WRITES =
            Set.of("INSERT", "INSERT_ON_CONFLICT_UPDATE", "UPDATE", "DELETE", "MERGE", "TRUNCATE");

    private CorpusWrites() {}

    static List<String> labelled(JsonNode effects) {
        List<String> writes = new ArrayList<>();
        for (JsonNode effect : effects) {
            String operation = effect.get("op").asString();
            if (WRITES.contains(operation)) {
                List<String> tables = new ArrayList<>();
                for (JsonNode table : effect.get("tables")) {
                    tables.add(withoutDatabase(table.asString()));
                }
                Collections.sort(tables);
                boolean hasCondition = operation.equals("UPDATE") || operation.equals("DELETE");
                String condition =
                        hasCondition ? " where " + effect.get("has_where").asBoolean() : "";
                writes.add(operation.replace("_ON_CONFLICT_UPDATE", "") + tables + condition);
            }
        }
        Collections.sort(writes);
        return writes;
    }

    static List<String> found(StatementFacts facts) {
        List<String> writes = new ArrayList<>();
        collect(facts, writes);
        Collections.sort(writes);
        return writes;
    }

    /** The same of what the statement names and does not run. */
    static List<String> foundDeferred(StatementFacts facts) {
        List<String> writes = new ArrayList<>();
        facts.deferred().forEach(later -> collect(later, writes));
        Collections.sort(writes);
        return writes;
    }

    private static void collect(StatementFacts facts, List<String> writes) {
        if (WRITES.contains(facts.kind().name())) {
            boolean all = facts.kind() == StatementKind.TRUNCATE;
            List<String> tables =
                    new ArrayList<>((all ? facts.tables() : facts.tables().subList(0, 1))
                            .stream().map(TableName::toString).toList());
            Collections.sort(tables);
            String condition = facts.where() == null ? "" : " where " + (facts.where() != Where.ABSENT);
            writes.add(facts.kind().name() + tables + condition);
        }
        // The labels do not look into the body of a DO.
        if (facts.kind() == StatementKind.DO) {
            return;
        }
        // The labels count a MERGE as one effect, its actions apart.
        boolean merge = facts.kind() == StatementKind.MERGE;
        facts.nested().stream()
                .filter(inner -> !merge || inner.where() != null)
                .forEach(inner -> collect(inner, writes));
    }

    /** A database in front of the schema can only be the one that the session is in. */
    private static String withoutDatabase(String name) {
        String[] parts = name.split("\\.", -1);
        return parts.length == 3 ? parts[1] + "." + parts[2] : name;
    }
}
