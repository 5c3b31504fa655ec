package io.sallyport.proxy.auth;

import org.jspecify.annotations.Nullable;

/** A role is not proved; says so without telling whether the role exists. */
public final class PasswordRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    public enum Reason {
        WRONG,
        UNAVAILABLE
    }

    private final Reason reason;

    private PasswordRefused(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    static PasswordRefused wrong(@Nullable Throwable cause) {
        return new PasswordRefused(
                Reason.WRONG,
                "user or password is wrong, or the server lets this role prove itself by no password",
                cause);
    }

    static PasswordRefused unavailable(String why, Throwable cause) {
        return new PasswordRefused(Reason.UNAVAILABLE, why, cause);
    }

    public Reason reason() {
        return reason;
    }
}
