package io.sallyport.proxy.replay.log;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Logs as texts of a test. */
final class Logs {
    final UnreadableLines unreadable = new UnreadableLines();
    private final LogInput.Options options;

    private Logs(LogInput.Options options) {
        this.options = options;
    }

    static Logs guessed() {
        return new Logs(new LogInput.Options(null, null));
    }

    static Logs of(@Nullable LogFormat format, @Nullable String prefix) {
        return new Logs(new LogInput.Options(format, prefix));
    }

    List<LogRecord> read(String text) throws LogException, IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    List<LogRecord> read(byte[] bytes) throws LogException, IOException {
        List<LogRecord> records = new ArrayList<>();
        try (LogInput log = open(bytes)) {
            for (LogRecord record = log.reader().next();
                    record != null;
                    record = log.reader().next()) {
                records.add(record);
            }
        }
        return records;
    }

    LogInput open(byte[] bytes) throws LogException {
        return LogInput.open(
                LogInput.STANDARD_INPUT,
                new ByteArrayInputStream(bytes),
                read -> {},
                options,
                new LogTime(null),
                unreadable);
    }
}
