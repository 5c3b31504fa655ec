package io.sallyport.policies;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Condition;
import io.sallyport.policies.rule.Rule;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** For each kind of statement the rules that it can match, so that an ordinary one is asked few questions; makes no garbage. */
final class RuleTable {
    /** What is left to ask once the kind is known. */
    private record Candidate(Condition[] conditions, Verdict verdict) {
        boolean matches(StatementFacts statement, Circumstances circumstances) {
            for (Condition condition : conditions) {
                if (!condition.holds(statement, circumstances)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final Candidate[] NONE = {};

    private final Map<StatementKind, Candidate[]> byKind = new EnumMap<>(StatementKind.class);
    private final Verdict otherwise;

    RuleTable(List<Rule> rules, Verdict otherwise) {
        this.otherwise = otherwise;
        for (StatementKind kind : StatementKind.values()) {
            byKind.put(
                    kind,
                    rules.stream()
                            .filter(rule -> rule.when().kinds().contains(kind))
                            .map(RuleTable::candidate)
                            .toArray(Candidate[]::new));
        }
    }

    private static Candidate candidate(Rule rule) {
        Condition[] left = rule.when().conditions().stream()
                .filter(condition -> !condition.kindsAlone())
                .toArray(Condition[]::new);
        return new Candidate(left, rule.verdict());
    }

    Verdict firstMatch(StatementFacts statement, Circumstances circumstances) {
        for (Candidate candidate : byKind.getOrDefault(statement.kind(), NONE)) {
            if (candidate.matches(statement, circumstances)) {
                return candidate.verdict;
            }
        }
        return otherwise;
    }
}
