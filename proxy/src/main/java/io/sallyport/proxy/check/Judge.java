package io.sallyport.proxy.check;

import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Judges as the proxy would, for one subject at one moment. */
public final class Judge {
    private final Policy policy;
    private final Subject subject;
    private final Instant at;

    public Judge(Policy policy, Subject subject, Instant at) {
        this.policy = policy;
        this.subject = subject;
        this.at = at;
    }

    /** @param statements how many the string has */
    Judged judge(StatementFacts facts, int statements) {
        return judge(facts, new Circumstances(subject, at, statements));
    }

    private Judged judge(StatementFacts facts, Circumstances circumstances) {
        List<Judged> nested = new ArrayList<>();
        for (StatementFacts inner : facts.nested()) {
            nested.add(judge(inner, circumstances));
        }
        return new Judged(facts, verdict(facts, circumstances), nested);
    }

    /** As in the proxy, a fault of ours is a refusal. */
    private Verdict verdict(StatementFacts facts, Circumstances circumstances) {
        try {
            return policy.decide(facts, circumstances);
        } catch (RuntimeException | StackOverflowError fault) {
            return new Verdict(
                    Decision.DENY,
                    "fault",
                    Terms.message("judging failed: " + (fault.getMessage() == null ? fault : fault.getMessage())));
        }
    }
}
