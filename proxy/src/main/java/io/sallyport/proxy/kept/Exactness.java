package io.sallyport.proxy.kept;

import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.effects.Effects;
import io.sallyport.policies.effects.TableEffect;
import io.sallyport.proxy.kept.TouchedRows.Verb;
import io.sallyport.proxy.safety.KeptRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether exactly those rows were kept that a batch has touched, told from what the server says afterwards. Every kept row was locked and is there no more, so
 * it was touched; the server has counted no more rows than were kept, so no other was. However the kept rows were found does not matter to that.
 */
public final class Exactness {
    private final Prepared prepared;
    private final List<KeptCount> counts;
    private final List<Long> left;
    private final Effects effects;

    /**
     * @param counts of each kept table, in their order
     * @param left of each, the answer to {@link KeepingSql#left}
     * @param effects of the batch
     */
    public Exactness(Prepared prepared, List<KeptCount> counts, List<Long> left, Effects effects) {
        this.prepared = prepared;
        this.counts = List.copyOf(counts);
        this.left = List.copyOf(left);
        this.effects = effects;
    }

    /** What was kept is no effect of the client's. */
    public static Effects without(Effects effects) {
        List<TableEffect> others = effects.tables().stream()
                .filter(effect -> !KeptRows.SCHEMA.equals(effect.table().schema()))
                .toList();
        return new Effects(others, effects.catalogs(), effects.locks(), effects.unmeasured());
    }

    /** What was written to keep rows, and nothing else. */
    public static Effects keeping(Effects effects) {
        List<TableEffect> own = effects.tables().stream()
                .filter(effect -> KeptRows.SCHEMA.equals(effect.table().schema()))
                .toList();
        return new Effects(own, List.of(), List.of(), effects.unmeasured());
    }

    /** Why it is not certain; null where it is. */
    public @Nullable String objection() {
        if (effects.unmeasured() != null) {
            return "what it did cannot be told: " + effects.unmeasured();
        }
        if (counts.size() != prepared.tables().size() || left.size() != counts.size()) {
            return "the server did not say what it did";
        }
        String catalogs = catalogs();
        return catalogs != null ? catalogs : tables();
    }

    private @Nullable String catalogs() {
        boolean truncate = prepared.verb() == Verb.TRUNCATE;
        for (TableEffect effect : effects.catalogs()) {
            // TRUNCATE gives tables new files (catalog/storage.c), in the rows of pg_class.
            if (!truncate || !effect.table().name().equals("pg_class")) {
                return "it also changed the system catalog " + effect.table().name();
            }
        }
        if (effects.catalogs().isEmpty()) {
            return null;
        }
        for (String lock : effects.locks()) {
            if (prepared.tables().stream()
                    .noneMatch(table -> table.shape().tree().contains(lock))) {
                return "it also emptied, altered or dropped " + lock;
            }
        }
        return null;
    }

    private @Nullable String tables() {
        Map<String, Long> expected = new TreeMap<>();
        for (int i = 0; i < counts.size(); i++) {
            KeptCount count = counts.get(i);
            TableShape shape = prepared.tables().get(i).shape();
            if (count.xmin() == null) {
                return "somebody else wrote into the kept table of "
                        + shape.name().name();
            }
            if (left.get(i) != 0) {
                return rows(left.get(i)) + " of " + shape.name().name() + " that were kept are as they were";
            }
            if (prepared.verb() == Verb.UPDATE && count.after() != count.before()) {
                return "it changed the key of " + rows(count.before() - count.after()) + " of "
                        + shape.name().name();
            }
            expected.merge(shape.root().toString(), count.before(), Long::sum);
        }
        for (TableEffect effect : effects.tables()) {
            String why = expected.containsKey(effect.table().toString())
                    ? target(effect, expected.get(effect.table().toString()))
                    : other(effect);
            if (why != null) {
                return why;
            }
        }
        return missing(expected);
    }

    private @Nullable String target(TableEffect effect, long kept) {
        long touched = switch (prepared.verb()) {
            case DELETE -> effect.deleted();
            case UPDATE -> effect.updated();
            case TRUNCATE -> kept;
        };
        long more = Math.max(0, effect.inserted())
                + (prepared.verb() == Verb.UPDATE ? 0 : Math.max(0, effect.updated()))
                + (prepared.verb() == Verb.DELETE ? 0 : Math.max(0, effect.deleted()));
        if (touched != kept) {
            return "it touched " + rows(touched) + " of " + effect.table().name() + ", and " + kept + " were kept";
        }
        return more == 0
                ? null
                : "it also wrote " + rows(more) + " of " + effect.table().name()
                        + " in another way: a trigger, or rows that moved to another partition";
    }

    private static @Nullable String other(TableEffect effect) {
        long changed = Math.max(0, effect.updated()) + Math.max(0, effect.deleted());
        return changed == 0
                ? null
                : "it also changed or deleted " + rows(changed) + " of "
                        + effect.table().name() + ", by a trigger or a foreign key";
    }

    private @Nullable String missing(Map<String, Long> expected) {
        if (prepared.verb() == Verb.TRUNCATE) {
            return null;
        }
        for (TableEffect effect : effects.tables()) {
            expected.remove(effect.table().toString());
        }
        return expected.values().stream().allMatch(rows -> rows == 0)
                ? null
                : "the server counted no rows that it touched";
    }

    /** What else was written, and no undo takes back: rows that were added elsewhere. */
    public List<String> beside() {
        List<String> lines = new ArrayList<>();
        for (TableEffect effect : effects.tables()) {
            TableName table = effect.table();
            boolean target = prepared.tables().stream()
                    .anyMatch(one -> one.shape().root().equals(table));
            if (!target && effect.inserted() > 0) {
                lines.add(rows(effect.inserted()) + " added to " + table.name() + " by a trigger");
            }
        }
        return lines;
    }

    private static String rows(long count) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "row" : "rows");
    }
}
