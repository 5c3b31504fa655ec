package io.sallyport.proxy.replay.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Collects the parts of one message, up to what is kept of a record. */
final class StderrMessage {
    private final Place place;
    private final @Nullable Instant at;
    private final Origin origin;
    private final LogRecord.Severity severity;
    private final StringBuilder message = new StringBuilder();
    private @Nullable StringBuilder detail;
    private @Nullable StringBuilder statement;
    /** Where the next line belongs; null where nobody asks for it. */
    private @Nullable StringBuilder part = message;

    private int length;
    private boolean cut;

    StderrMessage(Place place, @Nullable Instant at, Origin origin, LogRecord.Severity severity) {
        this.place = place;
        this.at = at;
        this.origin = origin;
        this.severity = severity;
    }

    /** Whether a line of that level continues this message; the part begins then. */
    boolean begins(String level) {
        switch (level) {
            case "DETAIL" -> part = detail = new StringBuilder();
            case "STATEMENT" -> part = statement = new StringBuilder();
            case "HINT", "QUERY", "CONTEXT", "LOCATION", "BACKTRACE" -> part = null;
            default -> {
                return false;
            }
        }
        return true;
    }

    void append(String line, int from, boolean lineCut) {
        StringBuilder to = part;
        if (to == null) {
            return;
        }
        int room = LogInput.LONGEST_RECORD - length;
        int end = Math.min(line.length(), from + Math.max(0, room));
        cut |= lineCut || end < line.length();
        to.append(line, from, Math.max(from, end));
        length += Math.max(0, end - from) + 1;
    }

    /** A further line of the same part; it stands behind a tab. */
    void appendContinuation(String line, boolean lineCut) {
        if (part != null) {
            part.append('\n');
            append(line, 1, lineCut);
        }
    }

    LogRecord record() {
        return new LogRecord(place, at, origin, severity, message.toString(), text(detail), text(statement), cut);
    }

    private static @Nullable String text(@Nullable StringBuilder part) {
        return part == null ? null : part.toString();
    }
}
