package io.sallyport.proxy.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LogInputTest {
    private static final String LOG = """
            2026-01-31 23:59:59.123 UTC [1] LOG:  statement: select 1
            2026-01-31 23:59:59.123 UTC [1] LOG:  statement: select 2
            """;

    private final Logs logs = Logs.guessed();

    @Test
    void a_packed_log_is_unpacked_whatever_it_is_called() throws Exception {
        assertThat(logs.read(packed())).hasSize(2);
    }

    @Test
    void a_packed_log_that_is_cut_is_an_error() throws Exception {
        byte[] half = Arrays.copyOf(packed(), packed().length - 9);
        assertThatThrownBy(() -> logs.read(half)).isInstanceOfAny(IOException.class, LogException.class);
    }

    @Test
    void what_is_guessed_is_said() throws Exception {
        try (LogInput log = logs.open(LOG.getBytes(StandardCharsets.UTF_8))) {
            assertThat(log.described()).isEqualTo("stderr with log_line_prefix '%m [%p] ', guessed");
        }
    }

    @Test
    void an_empty_log_has_no_records() throws Exception {
        assertThat(logs.read("")).isEmpty();
    }

    @Test
    void progress_is_told_in_bytes_of_the_file() throws Exception {
        AtomicLong told = new AtomicLong();
        byte[] packed = packed();
        try (LogInput log = LogInput.open(
                "-",
                new java.io.ByteArrayInputStream(packed),
                told::addAndGet,
                new LogInput.Options(null, null),
                new LogTime(null),
                logs.unreadable)) {
            while (log.reader().next() != null) {
                assertThat(told.get()).isPositive();
            }
        }
        assertThat(told.get()).isEqualTo(packed.length);
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> LogInput.open(
                        "nowhere/pg.log",
                        InputStream.nullInputStream(),
                        read -> {},
                        new LogInput.Options(null, null),
                        new LogTime(null),
                        logs.unreadable))
                .hasMessage("nowhere/pg.log: no such file");
    }

    private static byte[] packed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(LOG.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
