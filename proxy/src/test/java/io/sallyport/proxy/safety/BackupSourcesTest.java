package io.sallyport.proxy.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.sallyport.policies.decision.SafetyNet;
import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.safety.DocumentSource.Format;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When the last good backup was, from what other tools write; everything else is a failure, never a date. */
class BackupSourcesTest {
    /** In the form of pgBackRest 2.x: one stanza, a full backup and an incremental one on it. */
    private static final String PGBACKREST = """
            [{"archive":[{"database":{"id":1,"repo-key":1},"id":"15-1","max":"000000010000000000000009","min":"000000010000000000000001"}],
              "backup":[
                {"archive":{"start":"000000010000000000000002","stop":"000000010000000000000002"},"backrest":{"format":5,"version":"2.52"},
                 "database":{"id":1,"repo-key":1},"error":%s,"label":"20261120-000001F","prior":null,"reference":null,
                 "timestamp":{"start":1795132800,"stop":1795133000},"type":"full"},
                {"database":{"id":%d,"repo-key":1},"error":%s,"label":"20261120-000001F_20261121-000001I","prior":"20261120-000001F",
                 "reference":["20261120-000001F"],"timestamp":{"start":1795219200,"stop":1795219260},"type":"incr"}],
              "cipher":"none","db":[{"id":1,"repo-key":1,"system-id":1,"version":"15"},{"id":%d,"repo-key":1,"system-id":2,"version":"16"}],
              "name":"main","repo":[{"cipher":"none","key":1,"status":{"code":0,"message":"ok"}}],
              "status":{"code":%d,"lock":{"backup":{"held":false}},"message":"%s"}}]""";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static String pgBackRest(boolean full, boolean incremental, int backupOf, int current, int status) {
        return PGBACKREST.formatted(
                full, backupOf, incremental, current, status, status == 0 ? "ok" : "no valid backups");
    }

    private static @Nullable Instant at(Format format, String document, String stanza) throws SourceFailure {
        return DocumentSource.read(document.getBytes(StandardCharsets.UTF_8), format, stanza)
                .at();
    }

    private static String failure(Format format, String document, String stanza) {
        return catchThrowableOfType(SourceFailure.class, () -> at(format, document, stanza))
                .told();
    }

    @Test
    void pgbackrest_tells_of_the_last_one_that_is_whole() throws SourceFailure {
        assertThat(at(Format.PGBACKREST, pgBackRest(false, false, 1, 1, 0), "main"))
                .isEqualTo(Instant.ofEpochSecond(1_795_219_260));
        assertThat(at(Format.PGBACKREST, pgBackRest(false, false, 1, 1, 0), ""))
                .isEqualTo(Instant.ofEpochSecond(1_795_219_260));
        assertThat(at(Format.PGBACKREST, pgBackRest(false, true, 1, 1, 0), ""))
                .as("pages of the incremental one failed their checksums")
                .isEqualTo(Instant.ofEpochSecond(1_795_133_000));
    }

    @Test
    void pgbackrest_backup_on_a_broken_one_is_no_good_one() throws SourceFailure {
        assertThat(at(Format.PGBACKREST, pgBackRest(true, false, 1, 1, 0), "")).isNull();
    }

    @Test
    void pgbackrest_backup_from_before_an_upgrade_is_no_good_one() throws SourceFailure {
        assertThat(at(Format.PGBACKREST, pgBackRest(false, false, 2, 2, 0), ""))
                .isEqualTo(Instant.ofEpochSecond(1_795_219_260));
        assertThat(at(Format.PGBACKREST, pgBackRest(false, false, 1, 2, 0), "")).isNull();
    }

    @Test
    void pgbackrest_stanza_in_trouble_is_a_failure() {
        assertThat(failure(Format.PGBACKREST, pgBackRest(false, false, 1, 1, 4), ""))
                .startsWith("pgBackRest says: ");
        assertThat(failure(Format.PGBACKREST, "[{\"name\":\"main\",\"backup\":[]}]", ""))
                .startsWith("pgBackRest says");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                             | main | the stanza is not in it",
                "{}                                             |      | it is not what pgbackrest info --output=json prints",
                "[{\"name\":\"a\"},{\"name\":\"b\"}]            |      | it has several stanzas; see safety.backup_stanza",
                "[{\"name\":\"a\",\"status\":{\"code\":0},\"backup\":[{\"label\":\"x\"}]}] | a | a backup in it has no time",
                "[{\"name\":\"a\",\"status\":{\"code\":0},\"backup\":[{\"timestamp\":{\"stop\":-5}}]}] | a | a backup in it has no time",
            })
    void odd_pgbackrest_documents_are_failures(String document, @Nullable String stanza, String why) {
        assertThat(failure(Format.PGBACKREST, document, stanza == null ? "" : stanza))
                .isEqualTo(why);
    }

    @Test
    void barman_tells_of_the_last_one_that_is_done() throws SourceFailure {
        String list = """
                {"main": [
                  {"backup_id": "20261121T010000", "status": "FAILED"},
                  {"backup_id": "20261121T000000", "end_time": "Sat Nov 21 00:10:00 2026", "end_time_timestamp": "1795219800",
                   "retention_status": "-", "size": "40.2 MiB", "size_bytes": 42152755, "status": "WAITING_FOR_WALS", "tablespaces": []},
                  {"backup_id": "20261120T000000", "end_time": "Fri Nov 20 00:10:00 2026", "end_time_timestamp": "1795133400",
                   "status": "DONE", "tablespaces": []},
                  {"backup_id": "20261119T000000", "end_time_timestamp": "1795047000", "status": "DONE"}],
                 "_INFO": ["something to know"]}""";
        assertThat(at(Format.BARMAN, list, "main")).isEqualTo(Instant.ofEpochSecond(1_795_133_400));
        assertThat(at(Format.BARMAN, list, "")).isEqualTo(Instant.ofEpochSecond(1_795_133_400));
        assertThat(at(Format.BARMAN, "{\"main\": []}", "")).isNull();
        assertThat(at(
                        Format.BARMAN,
                        "{\"main\": {\"backup_id\": \"x\", \"status\": \"DONE\","
                                + " \"base_backup_information\": {\"end_time_timestamp\": \"1795133400\"}}}",
                        "main"))
                .isEqualTo(Instant.ofEpochSecond(1_795_133_400));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": [], \"b\": []}         |      | it has several servers; see safety.backup_stanza",
                "{\"a\": []}                    | main | the server is not in it",
                "[]                             | main | it is not what barman prints",
                "{\"a\": [\"20261121T000000\"]} |      | a backup in it has no status",
                "{\"a\": [{\"status\":\"DONE\",\"end_time_timestamp\":\"soon\"}]} | | a backup in it has no time",
            })
    void odd_barman_documents_are_failures(String document, @Nullable String server, String why) {
        assertThat(failure(Format.BARMAN, document, server == null ? "" : server))
                .isEqualTo(why);
    }

    @Test
    void own_document_tells_times_with_their_offset() throws SourceFailure {
        String document =
                "{\"finished_at\": \"2026-11-28T01:00:00+01:00\", \"restore_tested_at\": \"2026-11-01T00:00:00Z\"}";
        assertThat(at(Format.JSON, document, "")).isEqualTo(Instant.parse("2026-11-28T00:00:00Z"));
        assertThat(at(Format.RESTORE_TEST, document, "")).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(failure(Format.JSON, "{\"finished_at\": \"2026-11-28 01:00\"}", ""))
                .isEqualTo("finished_at is no time such as 2026-11-28T01:00:00Z");
        assertThat(failure(Format.JSON, "{\"finished_at\": 5}", "")).contains("is no time");
        assertThat(failure(Format.RESTORE_TEST, "{}", "")).contains("restore_tested_at is no time");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void whatever_is_broken_is_a_failure(Format format) {
        for (String document : new String[] {
            "",
            " ",
            "nonsense",
            "{\"a\":",
            "[] []",
            "null",
            "5",
            "\"text\"",
            "[".repeat(100_000),
            "{\"a\":{\"status\":[]}}"
        }) {
            assertThat(catchThrowableOfType(SourceFailure.class, () -> at(format, document, "")))
                    .as(document.length() > 50 ? "deep" : document)
                    .isNotNull();
        }
    }

    @Test
    void archiver_that_fails_tells_no_time() throws SourceFailure {
        Instant now = Instant.parse("2026-11-28T01:00:00Z");
        assertThat(ArchiverSource.read(now, null).at()).isEqualTo(now);
        assertThat(ArchiverSource.read(now, now.minusSeconds(60)).at()).isEqualTo(now);
        assertThat(ArchiverSource.read(null, null).at()).isNull();
        assertThat(catchThrowableOfType(SourceFailure.class, () -> ArchiverSource.read(now.minusSeconds(60), now))
                        .told())
                .isEqualTo("archiving fails since 2026-11-28 01:00 UTC");
        assertThat(catchThrowableOfType(SourceFailure.class, () -> ArchiverSource.read(null, now)))
                .isNotNull();
    }

    @Test
    void file_is_read_anew_unless_it_is_missing_or_huge() throws IOException {
        Path file = folder.resolve("b.json");
        Place place = Place.of(file.toString(), null, Duration.ofSeconds(5));
        assertThat(catchThrowableOfType(IOException.class, place::read)).hasMessageEndingWith("does not exist");
        Files.writeString(file, "{}");
        assertThat(place.read()).asString().isEqualTo("{}");
        Files.write(file, new byte[(4 << 20) + 1]);
        assertThat(catchThrowableOfType(IOException.class, place::read)).hasMessageContaining("larger than 4 MiB");
        assertThat(catchThrowableOfType(
                        IOException.class, Place.of(folder.toString(), null, Duration.ofSeconds(5))::read))
                .isNotNull();
    }

    @Test
    void address_answers_small_and_soon_or_not_at_all() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/moved")) {
                exchange.getResponseHeaders().add("Location", "/good");
                exchange.sendResponseHeaders(302, -1);
            } else if (path.equals("/huge")) {
                exchange.sendResponseHeaders(200, 0);
                byte[] much = new byte[1 << 20];
                for (int i = 0; i < 8; i++) {
                    exchange.getResponseBody().write(much);
                }
            } else if (path.equals("/slow")) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                try {
                    boolean unused = end.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException hurried) {
                    Thread.currentThread().interrupt();
                }
            } else {
                exchange.sendResponseHeaders(path.equals("/good") ? 200 : 404, 2);
                exchange.getResponseBody().write("{}".getBytes(StandardCharsets.US_ASCII));
            }
            exchange.close();
        });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            Duration second = Duration.ofSeconds(1);
            assertThat(Place.of(base + "/good", null, second).read()).asString().isEqualTo("{}");
            for (String path : new String[] {"/moved", "/huge", "/slow", "/missing"}) {
                Place place = Place.of(base + path, null, second);
                assertThat(catchThrowableOfType(IOException.class, place::read))
                        .as(path)
                        .isNotNull();
            }
        } finally {
            end.countDown();
            server.stop(0);
        }
    }

    @Test
    void settings_say_which_nets_there_can_be() {
        SafetySettings none = SafetySettings.DEFAULTS;
        assertThat(Abilities.missing(SafetyNet.BACKUP_WITHIN, none)).isEqualTo("safety.backup_source");
        assertThat(Abilities.missing(SafetyNet.RESTORE_POINT, none)).isEqualTo("safety.user");
    }
}
