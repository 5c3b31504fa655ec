package io.sallyport.policies.decision;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A decision, the rule that took it, and on what terms. */
public record Verdict(Decision decision, String rule, Terms terms) {
    /** What the rule's author wants the requester to read. */
    public @Nullable String message() {
        return terms.message();
    }

    /** The stricter one, of two delays the longer; this one when they are alike. Two holds ask together for what each of them asks. */
    public Verdict strictest(Verdict other) {
        int order = other.decision.compareTo(decision);
        if (order == 0) {
            order = other.terms.delay().compareTo(terms.delay());
        }
        if (order == 0 && decision == Decision.HOLD) {
            return joined(other);
        }
        return order > 0 ? other : this;
    }

    private Verdict joined(Verdict other) {
        Terms both = terms.and(other.terms);
        if (both.approval().equals(terms.approval()) && Objects.equals(both.expires(), terms.expires())) {
            return this;
        }
        return both.approval().equals(other.terms.approval()) && Objects.equals(both.expires(), other.terms.expires())
                ? other
                : new Verdict(decision, rule, both);
    }

    /** In words: {@code hold (expires after 10m; says "…")}. */
    public String described() {
        String details = terms.described();
        return decision.label() + (details.isEmpty() ? "" : " (" + details + ")");
    }
}
