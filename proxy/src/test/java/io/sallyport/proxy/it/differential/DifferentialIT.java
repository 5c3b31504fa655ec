package io.sallyport.proxy.it.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.it.server.OlderBinaries;
import io.sallyport.proxy.it.server.TestServer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * As many statements as the server parses, on every string that we know and on thousands of generated ones. More of them:
 * {@code -Ddifferential.strings=N}; others: {@code -Ddifferential.seed=S}.
 */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DifferentialIT {
    private static final int STRINGS = Integer.getInteger("differential.strings", 20_000);
    private static final long SEED = Long.getLong("differential.seed", 20261121);
    private static final System.Logger LOG = System.getLogger(DifferentialIT.class.getName());

    /** With the setting off, U&"…" UESCAPE is not read; before 16 a number could run into a word, which is never read. */
    private static final double UNREAD = 0.001;

    private static final double UNREAD_WHEN_OFF = 0.03;
    private static final double UNREAD_OF_OLD = 0.15;

    /** As SessionSettings has them. */
    private static final Set<String> UNSAFE = Set.of("SJIS", "GBK", "BIG5", "GB18030", "UHC", "JOHAB");

    private final List<TestServer> older = new ArrayList<>();

    @AfterAll
    void stop() {
        older.forEach(TestServer::close);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fixtures_have_as_many_statements_as_the_server_parses(boolean conforming) {
        List<String> fixtures = KnownStrings.fixtures();
        assertThat(fixtures).hasSizeGreaterThan(500);
        compare(TestServer.shared(), conforming, "UTF8", utf8(fixtures), unread(conforming));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void corpus_has_as_many_statements_as_the_server_parses(boolean conforming) {
        compare(TestServer.shared(), conforming, "UTF8", utf8(corpus()), unread(conforming));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void generated_strings_have_as_many_statements_as_the_server_parses(boolean conforming) {
        compare(TestServer.shared(), conforming, "UTF8", generated(STRINGS), unread(conforming));
    }

    /** In 13 and 14 {@code 1x} is two tokens; in 15 {@code 0x1F} is an error. A different reading must be none at all. */
    @ParameterizedTest
    @CsvSource({"13, true", "13, false", "15, true", "15, false"})
    void older_servers_see_nothing_that_we_overlook(int major, boolean conforming) {
        assumeTrue(OlderBinaries.available(major), "skipped: the build brought no PostgreSQL " + major);
        List<byte[]> strings = utf8(KnownStrings.fixtures());
        strings.addAll(generated(STRINGS / 4));
        compare(older(major), conforming, "UTF8", strings, UNREAD_OF_OLD);
    }

    /** Every encoding that keeps ASCII apart: what is beyond it is letters, of however many bytes. */
    @ParameterizedTest
    @CsvSource({"LATIN1, ISO-8859-1", "WIN1251, windows-1251", "EUC_JP, EUC-JP", "EUC_KR, EUC-KR", "EUC_TW, x-EUC-TW"})
    void text_in_a_safe_encoding_is_read_as_the_server_reads_it(String encoding, String charset) {
        compare(TestServer.shared(), true, encoding, recoded(charset), UNREAD);
    }

    /** A quote or a backslash can be half a letter there: what is not ASCII is not read, the rest as ever. */
    @ParameterizedTest
    @CsvSource({"SJIS, Shift_JIS", "GBK, GBK", "BIG5, Big5", "GB18030, GB18030", "UHC, x-windows-949", "JOHAB, x-Johab"
    })
    void text_in_an_unsafe_encoding_is_read_right_or_not_at_all(String encoding, String charset) {
        compare(TestServer.shared(), true, encoding, recoded(charset), UNREAD_OF_OLD);
    }

    private static List<byte[]> recoded(String charset) {
        List<byte[]> strings = new ArrayList<>();
        for (byte[] text : generated(STRINGS / 20)) {
            strings.add(new String(text, StandardCharsets.UTF_8).getBytes(Charset.forName(charset)));
        }
        return strings;
    }

    private static double unread(boolean conforming) {
        return conforming ? UNREAD : UNREAD_WHEN_OFF;
    }

    private static void compare(
            TestServer server, boolean conforming, String encoding, List<byte[]> strings, double mayBeUnread) {
        boolean asciiSafe = !UNSAFE.contains(encoding);
        try (ServerParser parser = new ServerParser(server, conforming, encoding)) {
            Comparison comparison = new Comparison(parser, new LexerSettings(conforming, asciiSafe));
            comparison.compare(strings.stream().filter(DifferentialIT::sendable).toList());
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} strings, {1} accepted by the server, {2} of those unreadable to us, {3} differences{4}",
                    comparison.strings(),
                    comparison.accepted(),
                    comparison.unreadable().size(),
                    comparison.differences().size(),
                    sample(comparison));
            assertThat(comparison.differences()).isEmpty();
            assertThat(comparison.accepted()).isGreaterThan(comparison.strings() / 4);
            assertThat(comparison.unreadable().size())
                    .as("unreadable: %s", comparison.unreadable())
                    .isLessThanOrEqualTo((int) (comparison.accepted() * mayBeUnread));
        }
    }

    private static String sample(Comparison comparison) {
        StringBuilder out = new StringBuilder();
        comparison.unreadable().entrySet().stream()
                .limit(40)
                .forEach(entry -> out.append(System.lineSeparator())
                        .append("    unread, ")
                        .append(entry.getValue())
                        .append(": ")
                        .append(entry.getKey()));
        return out.toString();
    }

    private TestServer older(int major) {
        TestServer server = TestServer.start(OlderBinaries.of(major));
        older.add(server);
        return server;
    }

    private static List<byte[]> generated(int count) {
        List<String> seeds = new ArrayList<>(KnownStrings.fixtures());
        KnownStrings.corpusFile().ifPresent(file -> seeds.addAll(KnownStrings.corpus(file)));
        TrapGenerator generator = new TrapGenerator(SEED, seeds);
        List<byte[]> strings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            strings.add(generator.next());
        }
        return strings;
    }

    private static List<String> corpus() {
        Optional<Path> file = KnownStrings.corpusFile();
        assumeTrue(file.isPresent(), "skipped: no shared/corpus/statements.jsonl.gz above the working directory");
        return KnownStrings.corpus(file.orElseThrow());
    }

    private static List<byte[]> utf8(List<String> strings) {
        List<byte[]> bytes = new ArrayList<>();
        strings.forEach(text -> bytes.add(text.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }

    /** A zero byte ends the message's text: such a string the server never sees whole. */
    private static boolean sendable(byte[] text) {
        for (byte b : text) {
            if (b == 0) {
                return false;
            }
        }
        return true;
    }
}
