package io.sallyport.proxy.hold;

import org.jspecify.annotations.Nullable;

/** How a hold ended. Exactly one of these happens to each. */
public sealed interface Resolution {
    /** @param by the login role of the approver */
    record Approved(String by) implements Resolution {}

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

    /** Who ended it, where that was a second person. */
    default @Nullable String person() {
        if (this instanceof Approved approved) {
            return approved.by();
        }
        return this instanceof Rejected rejected ? rejected.by() : null;
    }
}
