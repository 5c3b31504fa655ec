package io.sallyport.proxy.hold;

import org.jspecify.annotations.Nullable;

/** How a hold ended. Exactly one of these happens to each. */
public sealed interface Resolution {
    /** @param by the name of the approver, or of all approvers */
    record Approved(String by) implements Resolution {}

    /**
     * The requester released it alone, as a rule lets them in an emergency.
     *
     * @param by the login role that did
     */
    record BrokenGlass(String by, String reason) implements Resolution {}

    record Rejected(String by, String reason) implements Resolution {}

    record Expired() implements Resolution {}

    /** The requester cancelled it, or went away. */
    record Withdrawn(String reason) implements Resolution {}

    /** What the control database says of it cannot be true. */
    record Voided(String reason) implements Resolution {}

    /** The requester's server connection ended. */
    record ServerLost() implements Resolution {}

    /** The proxy is shutting down. */
    record Shutdown() implements Resolution {}

    /** As metrics and the audit call it. */
    default String label() {
        if (this instanceof Approved) {
            return "approved";
        } else if (this instanceof BrokenGlass) {
            return "break_glass";
        } else if (this instanceof Rejected) {
            return "rejected";
        } else if (this instanceof Expired) {
            return "expired";
        } else if (this instanceof Withdrawn) {
            return "withdrawn";
        } else if (this instanceof Voided) {
            return "voided";
        } else if (this instanceof ServerLost) {
            return "server_lost";
        }
        return "shutdown";
    }

    /**
     * As it was written down.
     *
     * @throws IllegalArgumentException for a label that {@link #label} does not give
     */
    static Resolution of(String label, String person, String detail) {
        return switch (label) {
            case "approved" -> new Approved(person);
            case "break_glass" -> new BrokenGlass(person, detail);
            case "rejected" -> new Rejected(person, detail);
            case "expired" -> new Expired();
            case "withdrawn" -> new Withdrawn(detail);
            case "voided" -> new Voided(detail);
            case "server_lost" -> new ServerLost();
            case "shutdown" -> new Shutdown();
            default -> throw new IllegalArgumentException("a hold never ends as \"" + label + "\"");
        };
    }

    /** Whether the batch runs. */
    default boolean releases() {
        return this instanceof Approved || this instanceof BrokenGlass;
    }

    /** What was said with it; empty where nothing was. */
    default String detail() {
        if (this instanceof Rejected rejected) {
            return rejected.reason();
        } else if (this instanceof BrokenGlass broken) {
            return broken.reason();
        } else if (this instanceof Voided voided) {
            return voided.reason();
        }
        return this instanceof Withdrawn withdrawn ? withdrawn.reason() : "";
    }

    /** Who ended it, where a person did. */
    default @Nullable String person() {
        if (this instanceof Approved approved) {
            return approved.by();
        } else if (this instanceof BrokenGlass broken) {
            return broken.by();
        }
        return this instanceof Rejected rejected ? rejected.by() : null;
    }
}
