package io.sallyport.policies.language;

import io.sallyport.policies.document.Problems;
import io.sallyport.policies.rule.Rule;
import java.util.List;

/** Finds rules that can never decide anything. */
public final class DeadRules {
    private DeadRules() {}

    public static void warn(List<Rule> rules, Problems problems) {
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (rule.when().kinds().isEmpty()) {
                problems.warn(
                        rule.position(),
                        "the rule '" + rule.verdict().rule()
                                + "' can never match: no kind of statement fits all its conditions");
                continue;
            }
            for (Rule earlier : rules.subList(0, i)) {
                if (earlier.when().impliedBy(rule.when())) {
                    problems.warn(
                            rule.position(),
                            "the rule '" + rule.verdict().rule() + "' can never match: '"
                                    + earlier.verdict().rule() + "' in "
                                    + earlier.position().from(rule.position().file())
                                    + " matches all that it would");
                    break;
                }
            }
        }
    }
}
