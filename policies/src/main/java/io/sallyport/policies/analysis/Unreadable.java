package io.sallyport.policies.analysis;

/** A reader cannot follow the statement. Never leaves the package: {@link SqlAnalyzer} turns it into facts. */
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    Unreadable(String reason) {
        // No stack trace: this is an answer, not an accident, and strangers decide how often it is given.
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
