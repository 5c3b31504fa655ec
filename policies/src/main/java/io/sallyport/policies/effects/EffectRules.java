package io.sallyport.policies.effects;

import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Combination;
import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose transactions are looked at before they commit, and what is decided then.
 *
 * @param gate conditions on who, and when; null for nobody
 */
public record EffectRules(Combination.@Nullable All gate, List<EffectRule> rules) {
    public static final EffectRules NONE = new EffectRules(null, List.of());

    /** For conditions on who and when, which do not look at the statement. */
    private static final StatementFacts ANY = SqlAnalyzer.complete(
                    "SELECT".getBytes(StandardCharsets.US_ASCII), LexerSettings.DEFAULT)
            .statements()
            .get(0);

    private static final Verdict ALLOW = new Verdict(Decision.ALLOW, "effects", Terms.NONE);

    public EffectRules {
        rules = List.copyOf(rules);
    }

    public boolean gates(Circumstances circumstances) {
        return gate != null && gate.holds(ANY, circumstances);
    }

    public boolean asksRoles() {
        return gate != null
                && (gate.asksRoles()
                        || rules.stream().anyMatch(rule -> rule.who().asksRoles()));
    }

    /** For each table the first rule that matches decides, and of all of them the strictest. */
    public Verdict decide(Effects effects, Circumstances circumstances) {
        List<EffectRule> concerned =
                rules.stream().filter(rule -> rule.concerns(ANY, circumstances)).toList();
        if (effects.unmeasured() != null) {
            return first(concerned, EffectRule::matchesUnmeasured);
        }
        Verdict verdict = first(concerned, rule -> rule.matchesCatalogs(effects))
                .strictest(first(concerned, rule -> rule.matchesLocks(effects)));
        for (TableEffect effect : effects.tables()) {
            verdict = verdict.strictest(first(concerned, rule -> rule.matches(effect)));
        }
        return verdict;
    }

    private static Verdict first(List<EffectRule> rules, Predicate<EffectRule> matches) {
        return rules.stream()
                .filter(matches)
                .findFirst()
                .map(EffectRule::verdict)
                .orElse(ALLOW);
    }

    /** One line a rule, and one for whom they are. */
    public List<String> described() {
        Combination.All gated = gate;
        if (gated == null) {
            return List.of();
        }
        return Stream.concat(
                        Stream.of("effects are looked at before COMMIT when " + gated.described()),
                        rules.stream().map(rule -> rule.verdict().rule() + ": " + rule.described()))
                .toList();
    }
}
