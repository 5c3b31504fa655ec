package io.sallyport.proxy.approval;

import io.sallyport.protocol.SqlState;

/** Why a vote does not count. */
public record Refusal(String sqlState, String why) {
    static Refusal forbidden(String why) {
        return new Refusal(SqlState.INSUFFICIENT_PRIVILEGE, why);
    }

    static Refusal state(String why) {
        return new Refusal(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, why);
    }

    public static Refusal value(String why) {
        return new Refusal(SqlState.INVALID_PARAMETER_VALUE, why);
    }
}
