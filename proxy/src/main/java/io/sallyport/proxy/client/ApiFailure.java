package io.sallyport.proxy.client;

import org.jspecify.annotations.Nullable;

/** The API refused, or could not be asked; the message is for people. */
public final class ApiFailure extends Exception {
    private static final long serialVersionUID = 1L;

    ApiFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
