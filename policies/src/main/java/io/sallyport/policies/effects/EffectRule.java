package io.sallyport.policies.effects;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Combination;
import io.sallyport.policies.rule.Comparison;
import io.sallyport.policies.rule.NamePattern;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is decided of effects.
 *
 * @param who conditions on who did it, and when
 * @param tables patterns of tables; empty for all
 * @param counts how many rows of one table; empty where the rule is about catalogs or locks
 * @param catalogs whether it is about changed catalogs
 * @param locks whether it is about tables that were emptied, altered or dropped
 */
public record EffectRule(
        Combination.All who,
        List<NamePattern> tables,
        Map<EffectCount, Comparison> counts,
        boolean catalogs,
        boolean locks,
        Verdict verdict) {
    public EffectRule {
        tables = List.copyOf(tables);
        counts = Map.copyOf(counts);
    }

    /** @param statement stands for any: conditions on who and when do not look at it */
    boolean concerns(StatementFacts statement, Circumstances circumstances) {
        return who.holds(statement, circumstances);
    }

    boolean matches(TableEffect effect) {
        return !counts.isEmpty()
                && (tables.isEmpty() || tables.stream().anyMatch(pattern -> pattern.matches(effect.table())))
                && counts.entrySet().stream()
                        .allMatch(count -> count.getValue().holds(count.getKey().of(effect)));
    }

    boolean matchesLocks(Effects effects) {
        return locks && !effects.locks().isEmpty();
    }

    boolean matchesCatalogs(Effects effects) {
        return catalogs && !effects.catalogs().isEmpty();
    }

    /** More than any limit, of any table. */
    boolean matchesUnmeasured() {
        return catalogs || locks || counts.values().stream().allMatch(comparison -> comparison.holds(Long.MAX_VALUE));
    }

    /** Decision, conditions and terms in one sentence. */
    public String described() {
        Map<EffectCount, Comparison> inOrder = new EnumMap<>(EffectCount.class);
        inOrder.putAll(counts);
        String what = Stream.of(
                        inOrder.entrySet().stream()
                                .map(count -> count.getValue().described() + " "
                                        + count.getKey().words()),
                        Stream.of("system catalogs are changed").filter(words -> catalogs),
                        Stream.of("a table is emptied, altered or dropped").filter(words -> locks),
                        Stream.of(tables)
                                .filter(patterns -> !patterns.isEmpty())
                                .map(patterns -> "the table is like "
                                        + patterns.stream()
                                                .map(NamePattern::toString)
                                                .collect(Collectors.joining(" or "))),
                        who.conditions().isEmpty() ? Stream.<String>of() : Stream.of(who.described()))
                .flatMap(words -> words)
                .collect(Collectors.joining(" and "));
        return verdict.described() + " before COMMIT when " + what;
    }
}
