package io.sallyport.policies.language;

import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.decision.Verdict;

/** What a rule decides, before it has a name. */
public record Outcome(Decision decision, Terms terms) {
    public Verdict by(String rule) {
        return new Verdict(decision, rule, terms);
    }
}
