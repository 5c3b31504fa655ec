package io.sallyport.proxy.safety;

import org.jspecify.annotations.Nullable;

/**
 * It cannot be told when something last went well.
 */
final class SourceFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String told;

    /**
     * @param told to the requester; names no file or address
     * @param cause with what only the log says; null where there is no more
     */
    SourceFailure(String told, @Nullable Throwable cause) {
        super(told, cause);
        this.told = told;
    }

    String told() {
        return told;
    }
}
