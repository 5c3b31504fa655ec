package io.sallyport.proxy.approval;

/** A vote that does not count; says why in words for the voter. */
public final class VoteRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    public VoteRefused(String sqlState, String message) {
        super(message);
        this.sqlState = sqlState;
    }

    public String sqlState() {
        return sqlState;
    }
}
