package io.sallyport.proxy.console;

import org.jspecify.annotations.Nullable;

/** A {@code SALLYPORT} statement that cannot be carried out; the client sees it as an ordinary error. */
public final class ConsoleError extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final @Nullable String hint;

    public ConsoleError(String sqlState, String message, @Nullable String hint) {
        super(message);
        this.sqlState = sqlState;
        this.hint = hint;
    }

    public String sqlState() {
        return sqlState;
    }

    public @Nullable String hint() {
        return hint;
    }
}
