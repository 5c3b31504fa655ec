package io.sallyport.proxy.access;

import io.sallyport.protocol.SqlState;

/** A personal access token is not made, listed or revoked. */
public final class AccessRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    AccessRefused(String sqlState, String why) {
        super(why);
        this.sqlState = sqlState;
    }

    static AccessRefused forbidden(String why) {
        return new AccessRefused(SqlState.INSUFFICIENT_PRIVILEGE, why);
    }

    static AccessRefused value(String why) {
        return new AccessRefused(SqlState.INVALID_PARAMETER_VALUE, why);
    }

    static AccessRefused state(String why) {
        return new AccessRefused(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, why);
    }

    public String sqlState() {
        return sqlState;
    }
}
