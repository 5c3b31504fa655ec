package io.sallyport.proxy.auth;

import org.jspecify.annotations.Nullable;

/** Credentials could not be looked up; the message is for the log, not for the client. */
public final class LookupFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    public LookupFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
