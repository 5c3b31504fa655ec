package io.sallyport.policies.decision;

import java.util.HashSet;
import java.util.Set;

/**
 * Whether what is held is run once, and rolled back, before anybody is asked about it.
 *
 * @param required whether what cannot be rehearsed is refused; else its hold opens without counts
 * @param functions names that the rule's author knows to do nothing that a rollback leaves behind; {@link #ANY} for all of them
 */
public record Rehearsal(boolean asked, boolean required, Set<String> functions) {
    public static final String ANY = "*";

    public static final Rehearsal NONE = new Rehearsal(false, false, Set.of());

    public Rehearsal {
        functions = Set.copyOf(functions);
    }

    /** What meets both: only functions that both authors know. */
    public Rehearsal and(Rehearsal other) {
        if (!asked || !other.asked || equals(other)) {
            return asked ? this : other;
        }
        return new Rehearsal(true, required || other.required, common(other));
    }

    private Set<String> common(Rehearsal other) {
        Set<String> both = new HashSet<>(functions.contains(ANY) ? other.functions : functions);
        if (!other.functions.contains(ANY)) {
            both.retainAll(functions.contains(ANY) ? both : other.functions);
        }
        return both;
    }

    /** @param function as a statement names it, with or without its schema; a name without a schema is known in any */
    public boolean knows(String function) {
        return functions.contains(ANY)
                || functions.contains(function)
                || functions.contains(function.substring(function.lastIndexOf('.') + 1));
    }

    String described() {
        return required ? "rehearsed first, or refused" : "rehearsed first";
    }
}
