package io.sallyport.proxy.replay;

import io.sallyport.proxy.replay.log.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a record says that a session did.
 *
 * @param text the SQL, or what follows the words by which the type is known
 */
record LoggedEvent(Type type, String text) {
    private static final LoggedEvent NOTHING = new LoggedEvent(Type.NOTHING, "");

    private static final String FUNCTION_CALL = "fastpath function call: ";

    enum Type {
        /** A string of SQL, by simple Query or by Execute. */
        STATEMENT,
        /** A further Execute of a portal that had rows left: no new run. */
        FETCH,
        /** An error, with the string that caused it. */
        FAILURE,
        /** A connection came, or its user was let in. */
        CONNECTION,
        NOTHING
    }

    /** By the words of postgres.c: exec_simple_query, exec_execute_message, and those that log durations. */
    static LoggedEvent of(LogRecord record) {
        return switch (record.severity()) {
            case LOG -> log(record.message());
            case ERROR -> failure(record.statement());
            case OTHER -> NOTHING;
        };
    }

    private static LoggedEvent failure(@Nullable String statement) {
        return statement == null ? NOTHING : new LoggedEvent(Type.FAILURE, statement);
    }

    private static LoggedEvent log(String message) {
        if (message.startsWith("duration: ")) {
            // Without a text behind it the statement was logged before, by log_statement; parse and bind are parts of
            // an execute.
            int text = message.indexOf(" ms  ");
            return text < 0 ? NOTHING : statement(message, text + " ms  ".length());
        }
        if (message.startsWith("connection received: ") || message.startsWith("connection authorized: ")) {
            return new LoggedEvent(Type.CONNECTION, message);
        }
        return statement(message, 0);
    }

    private static LoggedEvent statement(String message, int from) {
        if (message.startsWith("statement: ", from)) {
            return new LoggedEvent(Type.STATEMENT, message.substring(from + "statement: ".length()));
        }
        if (message.startsWith("execute fetch from ", from)) {
            return new LoggedEvent(Type.FETCH, "");
        }
        if (message.startsWith(FUNCTION_CALL, from)) {
            return functionCall(message.substring(from + FUNCTION_CALL.length()));
        }
        int name = message.startsWith("execute ", from) ? message.indexOf(": ", from) : -1;
        return name < 0 ? NOTHING : new LoggedEvent(Type.STATEMENT, message.substring(name + 2));
    }

    /** {@code "lo_unlink" (OID 964)} (fastpath.c), as the SELECT that the proxy judges in its place; the log has no arguments. */
    private static LoggedEvent functionCall(String text) {
        int end = text.lastIndexOf("\" (");
        return end < 1
                ? NOTHING
                : new LoggedEvent(Type.STATEMENT, "SELECT pg_catalog." + text.substring(1, end) + "()");
    }
}
