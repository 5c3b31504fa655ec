package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All conditions must hold.
 *
 * @param verdict names the rule
 */
public record Rule(List<Condition> conditions, Verdict verdict) {
    public Rule {
        conditions = List.copyOf(conditions);
    }

    public boolean matches(StatementFacts statement, Circumstances circumstances) {
        for (Condition condition : conditions) {
            if (!condition.holds(statement, circumstances)) {
                return false;
            }
        }
        return true;
    }

    public boolean asksRoles() {
        return conditions.stream().anyMatch(Condition::asksRoles);
    }

    public String described() {
        return verdict.rule() + ": " + verdict.decision().label() + " when "
                + conditions.stream().map(Condition::described).collect(Collectors.joining(" and "));
    }
}
