package io.sallyport.proxy.replay.log;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads Sallyport's own audit log: every event {@code decided} is one statement. */
final class AuditLogReader implements LogReader {
    /** How the audit marks a text that it cut. */
    private static final Pattern CUT = Pattern.compile("(?s).* … \\(cut; \\d+ characters in all\\)");

    private final LineReader lines;
    private final UnreadableLines unreadable;
    private final JsonFields fields =
            new JsonFields(Set.of("event", "at", "session", "user", "database", "application", "client", "statement"));

    AuditLogReader(LineReader lines, UnreadableLines unreadable) {
        this.lines = lines;
        this.unreadable = unreadable;
    }

    @Override
    public @Nullable LogRecord next() throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            Map<String, String> values = fields.read(line);
            String event = values == null ? null : values.get("event");
            Instant at = values == null ? null : time(values.getOrDefault("at", ""));
            String statement = values == null ? null : values.get("statement");
            if (values == null || event == null || at == null) {
                if (!line.isBlank()) {
                    unreadable.add(lines.place(), "not an event of the audit log: an object with event, at, …");
                }
            } else if (event.equals("decided") && statement != null) {
                return record(values, at, statement);
            }
        }
        return null;
    }

    private LogRecord record(Map<String, String> values, Instant at, String statement) {
        Origin origin = new Origin(
                values.getOrDefault("session", ""),
                values.getOrDefault("user", ""),
                values.getOrDefault("database", ""),
                values.getOrDefault("application", ""),
                values.getOrDefault("client", ""));
        return new LogRecord(
                lines.place(),
                at,
                origin,
                LogRecord.Severity.LOG,
                "statement: " + statement,
                null,
                null,
                CUT.matcher(statement).matches());
    }

    private static @Nullable Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
