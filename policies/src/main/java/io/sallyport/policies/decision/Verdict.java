package io.sallyport.policies.decision;

import org.jspecify.annotations.Nullable;

/** A decision, the rule that took it, and on what terms. */
public record Verdict(Decision decision, String rule, Terms terms) {
    /** What the rule's author wants the requester to read. */
    public @Nullable String message() {
        return terms.message();
    }

    /** The stricter one, of two delays the longer; this one when they are alike. */
    public Verdict strictest(Verdict other) {
        int order = other.decision.compareTo(decision);
        if (order == 0) {
            order = other.terms.delay().compareTo(terms.delay());
        }
        return order > 0 ? other : this;
    }

    /** In words: {@code hold (expires after 10m; says "…")}. */
    public String described() {
        String details = terms.described();
        return decision.label() + (details.isEmpty() ? "" : " (" + details + ")");
    }
}
