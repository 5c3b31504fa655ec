package io.sallyport.proxy.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a disk, a rotation or a stranger does to a log, it is read to its end. */
class LogFuzzTest {
    private static final int ROUNDS = 1000;
    private static final int LINES = 6;

    private static String line(LogFormat format, int i) {
        String sql = "select " + i + ",\n\t'x''\\\"y' from \\\"t\\\"";
        return switch (format) {
            case CSVLOG ->
                "2026-01-31 23:59:59.123 UTC,\"a\",\"d\",4,\"[local]\",6.7,7,\"S\",2026-01-31 23:50:00 UTC,3/1,0,"
                        + "LOG,00000,\"statement: " + sql.replace("\"", "\"\"") + "\",,,,,,,,,\"psql\"\n";
            case JSONLOG ->
                "{\"timestamp\":\"2026-01-31 23:59:59.123 UTC\",\"error_severity\":\"LOG\",\"message\":\"statement: "
                        + sql.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n")
                                .replace("\t", "\\t") + "\"}\n";
            case STDERR -> "2026-01-31 23:59:59.123 UTC [1] a@d LOG:  statement: " + sql.replace("\n", "\n\t") + "\n";
            case AUDIT ->
                "{\"event\":\"decided\",\"at\":\"2026-01-31T23:59:59Z\",\"statement\":\"select " + i + "\"}\n";
        };
    }

    @ParameterizedTest
    @EnumSource
    void cut_and_damaged_logs_are_read_to_their_end(LogFormat format) throws Exception {
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            whole.append(line(format, i));
        }
        byte[] good = whole.toString().getBytes(StandardCharsets.UTF_8);
        String prefix = format == LogFormat.STDERR ? "%m [%p] %q%u@%d " : null;
        assertThat(Logs.of(format, prefix).read(good)).hasSize(LINES);
        Random random = new Random(5871);
        long records = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damaged(good, random);
            Logs logs = Logs.of(format, prefix);
            List<LogRecord> read = logs.read(bytes);
            records += read.size();
            assertThat(read.size() + logs.unreadable.count()).isLessThanOrEqualTo(lines(bytes));
        }
        // Damage costs the records that it hits, not those behind them.
        assertThat(records).isGreaterThan(ROUNDS * LINES / 3L);
    }

    private static byte[] damaged(byte[] good, Random random) {
        byte[] bytes = good.clone();
        int wounds = random.nextInt(4);
        for (int i = 0; i < wounds; i++) {
            bytes[random.nextInt(bytes.length)] =
                    "\"\n\t\\{,\0x'\r".getBytes(StandardCharsets.UTF_8)[random.nextInt(10)];
        }
        int from = random.nextInt(4) == 0 ? random.nextInt(bytes.length / 3) : 0;
        int to = random.nextInt(4) == 0 ? bytes.length - random.nextInt(bytes.length / 3) : bytes.length;
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static long lines(byte[] bytes) {
        long lines = 1;
        for (byte b : bytes) {
            lines += b == '\n' ? 1 : 0;
        }
        return lines;
    }
}
