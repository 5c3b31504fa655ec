package io.sallyport.proxy.replay.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message of a server's log.
 *
 * @param at null where the log has no times
 * @param statement of an error: the text that caused it
 * @param cut the record was longer than what is read of one; its texts are incomplete
 */
public record LogRecord(
        Place place,
        @Nullable Instant at,
        Origin origin,
        Severity severity,
        String message,
        @Nullable String detail,
        @Nullable String statement,
        boolean cut) {
    /** What matters of PostgreSQL's levels. */
    public enum Severity {
        LOG,
        /** ERROR, FATAL, PANIC. */
        ERROR,
        /** DEBUG, INFO, NOTICE, WARNING. */
        OTHER;

        static Severity of(String word) {
            return switch (word) {
                case "LOG" -> LOG;
                case "ERROR", "FATAL", "PANIC" -> ERROR;
                default -> OTHER;
            };
        }
    }
}
