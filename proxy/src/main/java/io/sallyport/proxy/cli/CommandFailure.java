package io.sallyport.proxy.cli;

import java.util.List;

/** Ends a command with messages for people, one a line, and an exit code; never with a stack trace. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailure(int exitCode, List<String> messages) {
        super(String.join("\n", messages));
        this.exitCode = exitCode;
    }

    CommandFailure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
