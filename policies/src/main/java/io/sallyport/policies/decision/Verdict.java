package io.sallyport.policies.decision;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A decision, the rule that took it, and on what terms. */
public record Verdict(Decision decision, String rule, Terms terms) {
    /** What the rule's author wants the requester to read. */
    public @Nullable String message() {
        return terms.message();
    }

    /**
     * The stricter one, of two delays the longer, of two denials the one that takes no token; this one when they are alike. Two holds, and two
     * denials that take tokens, ask together for what each of them asks.
     */
    public Verdict strictest(Verdict other) {
        int order = other.decision.compareTo(decision);
        if (order == 0) {
            order = other.terms.delay().compareTo(terms.delay());
        }
        if (order == 0 && decision == Decision.DENY && terms.token() != other.terms.token()) {
            return terms.token() ? other : this;
        }
        if (order == 0 && takesToken()) {
            return joined(other);
        }
        return order > 0 ? other : this;
    }

    /** Whether an approval token runs the statement. */
    public boolean takesToken() {
        return decision == Decision.HOLD || (decision == Decision.DENY && terms.token());
    }

    private Verdict joined(Verdict other) {
        Terms both = terms.and(other.terms);
        if (asksAlike(both, terms)) {
            return this;
        }
        return asksAlike(both, other.terms) ? other : new Verdict(decision, rule, both);
    }

    private static boolean asksAlike(Terms both, Terms one) {
        return both.approval().equals(one.approval())
                && both.safety().equals(one.safety())
                && Objects.equals(both.expires(), one.expires());
    }

    /** In words: {@code hold (expires after 10m; says "…")}. */
    public String described() {
        String details = terms.described();
        return decision.label() + (details.isEmpty() ? "" : " (" + details + ")");
    }
}
