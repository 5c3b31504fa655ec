package io.sallyport.proxy.hold;

import org.jspecify.annotations.Nullable;

/** How a hold ended. Exactly one of these happens to each. */
public sealed interface Resolution {
    /** @param by the login role of the approver, or of all approvers */
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
        } else if (this instanceof ServerLost) {
            return "server_lost";
        }
        return "shutdown";
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
