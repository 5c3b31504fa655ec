package io.sallyport.proxy.gate;

import io.sallyport.policies.analysis.ObjectName;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.analysis.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A name that somebody has to type: the requester again, or an approver.
 *
 * @param what its type, such as {@code database}; empty where it is the statement's kind, for want of any name
 * @param name as the statement has it, folded by PostgreSQL's rules: with its schema where it says one
 */
public record NameToType(String what, String name) {
    /** What the statements change; each of them gives at least one. */
    static List<NameToType> of(List<StatementFacts> statements) {
        Set<NameToType> names = new LinkedHashSet<>();
        for (StatementFacts statement : statements) {
            Set<NameToType> own = new LinkedHashSet<>();
            collect(statement, own);
            names.addAll(
                    own.isEmpty() ? Set.of(new NameToType("", statement.kind().label())) : own);
        }
        return List.copyOf(names);
    }

    /**
     * What an approver types: the databases and schemas that are dropped, which nothing brings back.
     *
     * @param all whether everything else that the statements change has to be typed too
     */
    public static List<NameToType> byApprover(List<StatementFacts> stopped, boolean all) {
        if (all) {
            return of(stopped);
        }
        List<StatementFacts> drops = new ArrayList<>();
        stopped.forEach(statement -> collectDrops(statement, drops));
        return of(drops);
    }

    private static void collectDrops(StatementFacts statement, List<StatementFacts> drops) {
        if (statement.kind() == StatementKind.DROP_DATABASE || statement.kind() == StatementKind.DROP_SCHEMA) {
            drops.add(statement);
        }
        statement.nested().forEach(inner -> collectDrops(inner, drops));
    }

    /** What stands for it where a command is shown: names are to be typed, not copied. */
    public String place() {
        return what.isEmpty() ? "'" + name + "'" : "'<name of the " + what.replace('_', ' ') + ">'";
    }

    private static void collect(StatementFacts statement, Set<NameToType> names) {
        if (statement.objects().isEmpty()) {
            for (TableName table : targets(statement)) {
                names.add(new NameToType("table", table.toString()));
            }
        }
        for (ObjectName object : statement.objects()) {
            names.add(new NameToType(object.type(), object.toString()));
        }
        statement.nested().forEach(inner -> collect(inner, names));
    }

    /** Targets stand first; what is only read has not to be typed. */
    private static List<TableName> targets(StatementFacts statement) {
        List<TableName> tables = statement.tables();
        StatementKind kind = statement.kind();
        if (kind == StatementKind.TRUNCATE || kind == StatementKind.LOCK) {
            return tables;
        }
        boolean reads = kind == StatementKind.SELECT && !statement.nested().isEmpty();
        return reads || tables.isEmpty() ? List.of() : tables.subList(0, 1);
    }
}
