package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All conditions must hold. */
public record Rule(
        String name,
        List<Condition> conditions,
        Decision decision,
        @Nullable String message) {
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

    public Verdict verdict() {
        return new Verdict(decision, name, message);
    }

    public String described() {
        return name + ": " + decision.label() + " when "
                + conditions.stream().map(Condition::described).collect(Collectors.joining(" and "));
    }
}
