package io.sallyport.proxy.gate;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Subject;

/** Told of every verdict: metrics count it, the audit records it. */
public interface GateListener {
    /** @param observed whether the policy only observes, so that nothing is stopped */
    void judged(StatementFacts statement, Verdict verdict, Subject subject, boolean observed);
}
