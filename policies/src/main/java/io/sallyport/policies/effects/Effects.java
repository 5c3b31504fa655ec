package io.sallyport.policies.effects;

import io.sallyport.policies.analysis.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction did, as the server counted it.
 *
 * @param tables without those that it left alone; a table of several partitions once
 * @param catalogs the system catalogs that it changed: DDL, privileges, large objects
 * @param locks tables that it has emptied, altered or dropped, as their AccessExclusive locks tell
 * @param unmeasured why it could not be told; null where it was. Counts as more than any limit
 */
public record Effects(
        List<TableEffect> tables,
        List<TableEffect> catalogs,
        List<String> locks,
        @Nullable String unmeasured) {
    public static final Effects NONE = new Effects(List.of(), List.of(), List.of(), null);

    public Effects {
        tables = merged(tables);
        catalogs = merged(catalogs);
        locks = List.copyOf(locks);
    }

    /** Nobody can tell what was done. */
    public static Effects unmeasured(String why) {
        return new Effects(List.of(), List.of(), List.of(), why);
    }

    private static List<TableEffect> merged(Collection<TableEffect> tables) {
        Map<TableName, TableEffect> byTable = new LinkedHashMap<>();
        tables.forEach(effect -> byTable.merge(effect.table(), effect, TableEffect::plus));
        return byTable.values().stream().filter(TableEffect::any).toList();
    }

    /** What came on top of {@code earlier}. */
    public Effects since(Effects earlier) {
        return new Effects(
                difference(tables, earlier.tables),
                difference(catalogs, earlier.catalogs),
                locks,
                unmeasured == null ? earlier.unmeasured : unmeasured);
    }

    /** Both together; not measured where either was not. */
    public Effects plus(Effects more) {
        return new Effects(
                sum(tables, more.tables),
                sum(catalogs, more.catalogs),
                sum(locks, more.locks),
                unmeasured == null ? more.unmeasured : unmeasured);
    }

    private static <T> List<T> sum(List<T> one, List<T> other) {
        List<T> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }

    private static List<TableEffect> difference(List<TableEffect> now, List<TableEffect> before) {
        List<TableEffect> difference = new ArrayList<>(now);
        before.forEach(effect -> difference.add(
                new TableEffect(effect.table(), -effect.inserted(), -effect.updated(), -effect.deleted())));
        return difference;
    }

    /** Whether nothing of it goes beyond what {@code approved} says: the same tables, no more rows of any kind. */
    public boolean within(Effects approved) {
        return unmeasured == null
                && approved.locks.containsAll(locks)
                && within(tables, approved.tables)
                && within(catalogs, approved.catalogs);
    }

    private static boolean within(List<TableEffect> done, List<TableEffect> approved) {
        Map<TableName, TableEffect> known =
                approved.stream().collect(Collectors.toMap(TableEffect::table, effect -> effect));
        return done.stream().allMatch(effect -> {
            TableEffect limit = known.get(effect.table());
            return limit != null && effect.within(limit);
        });
    }
}
