package io.sallyport.proxy.replay.log;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads jsonlog (jsonlog.c, PostgreSQL 15 and later): one object a line, absent values left out. */
final class JsonLogReader implements LogReader {
    private final LineReader lines;
    private final LogTime time;
    private final UnreadableLines unreadable;
    private final JsonFields fields = new JsonFields(Set.of(
            "timestamp",
            "user",
            "dbname",
            "remote_host",
            "session_id",
            "error_severity",
            "message",
            "detail",
            "statement",
            "application_name"));

    JsonLogReader(LineReader lines, LogTime time, UnreadableLines unreadable) {
        this.lines = lines;
        this.time = time;
        this.unreadable = unreadable;
    }

    @Override
    public @Nullable LogRecord next() throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            LogRecord record = lines.isCut() ? tooLong() : record(line);
            if (record != null) {
                return record;
            }
            if (!line.isBlank()) {
                unreadable.add(lines.place(), "not a record of jsonlog: an object with timestamp, error_severity, …");
            }
        }
        return null;
    }

    /** Of half an object nothing can be said but that it is there. */
    private LogRecord tooLong() {
        return new LogRecord(
                lines.place(), null, Origin.UNKNOWN, LogRecord.Severity.LOG, "statement: ", null, null, true);
    }

    private @Nullable LogRecord record(String line) {
        Map<String, String> values = fields.read(line);
        String severity = values == null ? null : values.get("error_severity");
        Instant at = values == null ? null : time.parse(values.getOrDefault("timestamp", ""));
        if (values == null || severity == null || at == null) {
            return null;
        }
        Origin origin = new Origin(
                values.getOrDefault("session_id", ""),
                values.getOrDefault("user", ""),
                values.getOrDefault("dbname", ""),
                values.getOrDefault("application_name", ""),
                values.getOrDefault("remote_host", ""));
        return new LogRecord(
                lines.place(),
                at,
                origin,
                LogRecord.Severity.of(severity),
                values.getOrDefault("message", ""),
                values.get("detail"),
                values.get("statement"),
                false);
    }
}
