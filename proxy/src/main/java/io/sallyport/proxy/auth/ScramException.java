package io.sallyport.proxy.auth;

import org.jspecify.annotations.Nullable;

/** A login that fails, with what the peer may be told; no stack trace, for attackers make many. */
public final class ScramException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final LoginFailure reason;
    private final @Nullable String detail;

    ScramException(String sqlState, LoginFailure reason, String message, @Nullable String detail) {
        super(message, null, false, false);
        this.sqlState = sqlState;
        this.reason = reason;
        this.detail = detail;
    }

    static ScramException malformed(String detail) {
        return new ScramException("08P01", LoginFailure.PROTOCOL, "malformed SCRAM message", detail);
    }

    static ScramException binding(String message, String detail) {
        return new ScramException("28000", LoginFailure.CHANNEL_BINDING, message, detail);
    }

    static ScramException wrongPassword() {
        return new ScramException("28P01", LoginFailure.WRONG_PASSWORD, "password authentication failed", null);
    }

    static ScramException server(String message) {
        return new ScramException("28000", LoginFailure.SERVER, message, null);
    }

    public String sqlState() {
        return sqlState;
    }

    public LoginFailure reason() {
        return reason;
    }

    public @Nullable String detail() {
        return detail;
    }
}
