package io.sallyport.proxy.auth;

import org.jspecify.annotations.Nullable;

/** Somebody is not proved to be who they say; the message is for them, and tells no secret. */
public final class ProofRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final LoginFailure reason;

    public ProofRefused(LoginFailure reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public ProofRefused(LoginFailure reason, String message) {
        this(reason, message, null);
    }

    /** Does not tell whether the role exists. */
    static ProofRefused wrongPassword(@Nullable Throwable cause) {
        return new ProofRefused(
                LoginFailure.WRONG_PASSWORD,
                "user or password is wrong, or the server lets this role prove itself by no password",
                cause);
    }

    public LoginFailure reason() {
        return reason;
    }
}
