package io.sallyport.proxy.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLogReaderTest {
    private final Logs logs = Logs.guessed();

    @Test
    void an_object_is_a_record() throws Exception {
        List<LogRecord> records = logs.read("""
                {"timestamp":"2026-01-31 23:59:59.123 -03","user":"alice","dbname":"shop","pid":34,"remote_host":"10.0.0.5",\
                "session_id":"67a1.22","error_severity":"ERROR","message":"no","detail":"because","nested":{"a":[1]},\
                "statement":"selec\\n1","application_name":"psql"}
                {"timestamp":"2026-02-01 00:00:00.000 UTC","error_severity":"LOG","message":"hello"}
                """);
        assertThat(records)
                .containsExactly(
                        new LogRecord(
                                new Place("standard input", 1),
                                Instant.parse("2026-02-01T02:59:59.123Z"),
                                new Origin("67a1.22", "alice", "shop", "psql", "10.0.0.5"),
                                LogRecord.Severity.ERROR,
                                "no",
                                "because",
                                "selec\n1",
                                false),
                        new LogRecord(
                                new Place("standard input", 2),
                                Instant.parse("2026-02-01T00:00:00Z"),
                                Origin.UNKNOWN,
                                LogRecord.Severity.LOG,
                                "hello",
                                null,
                                null,
                                false));
    }

    @Test
    void half_an_object_and_a_wrong_one_are_counted() throws Exception {
        List<LogRecord> records = logs.read("""
                {"timestamp":"2026-01-31 23:59:59.123 UTC","error_severity":"LOG","message":"one"}
                {"timestamp":"2026-01-31 23:59:59.123 UTC","error_severity":"LOG","messa
                {"timestamp":"soon","error_severity":"LOG","message":"two"}
                [1, 2]
                {"timestamp":"2026-01-31 23:59:59.123 UTC","error_severity":"LOG","message":"three"}
                """);
        assertThat(records).extracting(LogRecord::message).containsExactly("one", "three");
        assertThat(logs.unreadable.count()).isEqualTo(3);
    }

    @Test
    void a_line_of_many_megabytes_is_cut() throws Exception {
        String start = "{\"timestamp\":\"2026-01-31 23:59:59.123 UTC\",\"error_severity\":\"LOG\",\"message\":\"";
        String log = start + "one\"}\n" + start + "x".repeat(3_000_000) + "\"}\n" + start + "three\"}\n";
        assertThat(logs.read(log)).extracting(LogRecord::cut).containsExactly(false, true, false);
    }

    @Test
    void the_audit_log_tells_what_was_decided_of() throws Exception {
        List<LogRecord> records = logs.read("""
                {"event":"session_started","at":"2026-01-31T23:59:59Z","session":"s1","user":"alice"}
                {"event":"decided","at":"2026-01-31T23:59:59.5Z","session":"s1","user":"alice","database":"shop",\
                "application":"psql","client":"10.0.0.5","decision":"hold","rule":"r","kinds":["delete"],\
                "statement":"DELETE FROM users","readable":true}
                {"event":"decided","at":"2026-01-31T23:59:59.5Z","session":"s1","user":"alice","database":"shop",\
                "statement":"DELETE FROM … (cut; 9000 characters in all)","readable":true}
                {"event":"finished"
                """);
        assertThat(records).extracting(LogRecord::cut).containsExactly(false, true);
        assertThat(records.get(0))
                .isEqualTo(new LogRecord(
                        new Place("standard input", 2),
                        Instant.parse("2026-01-31T23:59:59.500Z"),
                        new Origin("s1", "alice", "shop", "psql", "10.0.0.5"),
                        LogRecord.Severity.LOG,
                        "statement: DELETE FROM users",
                        null,
                        null,
                        false));
        assertThat(logs.unreadable.count()).isEqualTo(1);
    }
}
