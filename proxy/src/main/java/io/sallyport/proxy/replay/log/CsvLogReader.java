package io.sallyport.proxy.replay.log;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads csvlog (csvlog.c). Servers up to 12 write 23 columns, 13 adds backend_type, 14 to 18 also leader_pid and query_id; what later ones add
 * behind is ignored.
 */
final class CsvLogReader implements LogReader {
    private static final int TIME = 0;
    private static final int USER = 1;
    private static final int DATABASE = 2;
    private static final int CLIENT = 4;
    private static final int SESSION = 5;
    private static final int SEVERITY = 11;
    private static final int MESSAGE = 13;
    private static final int DETAIL = 14;
    private static final int STATEMENT = 19;
    private static final int APPLICATION = 22;
    private static final int FEWEST = 23;

    private final CsvRecords records;
    private final LogTime time;
    private final UnreadableLines unreadable;
    private final CsvReaderBuilder parser = CsvReader.builder().skipEmptyLines(false);

    CsvLogReader(LineReader lines, LogTime time, UnreadableLines unreadable) {
        this.records = new CsvRecords(lines, unreadable);
        this.time = time;
        this.unreadable = unreadable;
    }

    @Override
    public @Nullable LogRecord next() throws IOException {
        for (String text = records.next(); text != null; text = records.next()) {
            LogRecord record = record(text);
            if (record != null) {
                return record;
            }
            if (!text.isBlank()) {
                unreadable.add(records.place(), "not a record of csvlog, which has 23 to 26 columns");
                records.retry();
            }
        }
        return null;
    }

    private @Nullable LogRecord record(String text) {
        CsvRecord fields;
        try {
            fields = parser.ofSingleCsvRecord(text);
        } catch (CsvParseException e) {
            return null;
        }
        if (fields.getFieldCount() < FEWEST) {
            return null;
        }
        Instant at = time.parse(fields.getField(TIME));
        if (at == null) {
            return null;
        }
        Origin origin = new Origin(
                fields.getField(SESSION),
                fields.getField(USER),
                fields.getField(DATABASE),
                fields.getField(APPLICATION),
                host(fields.getField(CLIENT)));
        return new LogRecord(
                records.place(),
                at,
                origin,
                LogRecord.Severity.of(fields.getField(SEVERITY)),
                fields.getField(MESSAGE),
                absentIfEmpty(fields.getField(DETAIL)),
                absentIfEmpty(fields.getField(STATEMENT)),
                records.isCut());
    }

    /** {@code host:port}, or {@code [local]}. */
    private static String host(String client) {
        int port = client.lastIndexOf(':');
        return port < 0 ? client : client.substring(0, port);
    }

    private static @Nullable String absentIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
