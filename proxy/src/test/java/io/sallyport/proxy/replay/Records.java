package io.sallyport.proxy.replay;

import io.sallyport.proxy.replay.log.LogRecord;
import io.sallyport.proxy.replay.log.Origin;
import io.sallyport.proxy.replay.log.Place;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Records as a log would have them. */
final class Records {
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private Records() {}

    static LoggedEvent event(String message) {
        return LoggedEvent.of(record("1", "alice", NOON, message, null));
    }

    static LogRecord ran(String session, String sql) {
        return record(session, "alice", NOON, "statement: " + sql, null);
    }

    static LogRecord ran(String session, String user, Instant at, String sql) {
        return record(session, user, at, "statement: " + sql, null);
    }

    static LogRecord failed(String session, String sql) {
        Origin origin = new Origin(session, "alice", "shop", "psql", "");
        return new LogRecord(new Place("x", 1), NOON, origin, LogRecord.Severity.ERROR, "no", null, sql, false);
    }

    static LogRecord record(
            String session, String user, @Nullable Instant at, String message, @Nullable String detail) {
        Origin origin = new Origin(session, user, user.isEmpty() ? "" : "shop", user.isEmpty() ? "" : "psql", "");
        return new LogRecord(new Place("x", 1), at, origin, LogRecord.Severity.LOG, message, detail, null, false);
    }
}
