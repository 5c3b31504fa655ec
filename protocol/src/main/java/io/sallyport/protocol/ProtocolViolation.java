package io.sallyport.protocol;

/**
 * A peer sent what the protocol does not allow; the message says what, where, and what was expected. SQLSTATE 08P01
 * unless a limit of our own was exceeded (54000). Thrown before anything is allocated for the offending bytes.
 */
public final class ProtocolViolation extends RuntimeException {
    private final String sqlState;

    public ProtocolViolation(String message) {
        this(SqlState.PROTOCOL_VIOLATION, message);
    }

    public ProtocolViolation(String sqlState, String message) {
        // No stack trace: it is the peer's fault, and a flood of garbage must stay cheap.
        super(message, null, false, false);
        this.sqlState = sqlState;
    }

    public String sqlState() {
        return sqlState;
    }
}
