package io.sallyport.proxy.kept;

import io.sallyport.protocol.SqlState;

/** Kept rows are not brought back, for a reason that their requester may read. */
public final class UndoRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    /** @param sqlState see {@link SqlState} */
    public UndoRefused(String sqlState, String why) {
        super(why);
        this.sqlState = sqlState;
    }

    public String sqlState() {
        return sqlState;
    }
}
