package io.sallyport.proxy.gate;

import io.sallyport.policies.Subject;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Verdict;

/** Told of every verdict: metrics count it, the audit records it. */
public interface GateListener {
    void judged(StatementFacts statement, Verdict verdict, Subject subject);
}
