package io.sallyport.proxy.it.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.policies.analysis.FunctionGroup;
import io.sallyport.proxy.it.server.OlderBinaries;
import io.sallyport.proxy.it.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A function that does something is in a group, or was looked at and found harmless: a new version brings new ones. */
@Timeout(120)
final class BuiltInFunctionsIT {
    private static final List<String> EXTENSIONS = List.of(
            "amcheck",
            "dblink",
            "file_fdw",
            "intagg",
            "isn",
            "lo",
            "pageinspect",
            "pg_buffercache",
            "pg_freespacemap",
            "pg_prewarm",
            "pg_stat_statements",
            "pg_surgery",
            "pg_trgm",
            "pg_visibility",
            "pgcrypto",
            "pgrowlocks",
            "pgstattuple",
            "postgres_fdw",
            "sslinfo",
            "tablefunc",
            "unaccent",
            "xml2");

    /** Volatile, or not for everyone; handlers and triggers cannot be called. */
    private static final String ACTING = """
            SELECT DISTINCT proname FROM pg_proc
            WHERE (provolatile = 'v' OR proacl IS NOT NULL
                AND NOT EXISTS (SELECT FROM aclexplode(proacl) a WHERE a.grantee = 0))
            AND prorettype::regtype::text NOT IN ('trigger', 'event_trigger', 'index_am_handler', 'table_am_handler',
                'tsm_handler', 'language_handler', 'fdw_handler')""";

    @Test
    void every_acting_function_of_the_newest_server_is_grouped_or_known_to_be_harmless() throws IOException {
        assertThat(unknown(TestServer.shared())).isEmpty();
    }

    @Test
    void every_acting_function_of_an_older_server_is_grouped_or_known_to_be_harmless() throws IOException {
        assumeTrue(OlderBinaries.available(), "no older server was downloaded by the build");
        try (TestServer older = TestServer.start(OlderBinaries::open)) {
            assertThat(unknown(older)).isEmpty();
        }
    }

    @Test
    void a_number_names_the_same_function_in_every_server() throws IOException {
        assertThat(renamed(TestServer.shared())).isEmpty();
        for (int major : List.of(13, 15)) {
            assumeTrue(OlderBinaries.available(major), "no older server was downloaded by the build");
            try (TestServer older = TestServer.start(OlderBinaries.of(major))) {
                assertThat(renamed(older)).isEmpty();
            }
        }
    }

    private static List<String> renamed(TestServer server) throws IOException {
        String resource = "/io/sallyport/proxy/batch/built-in-functions.txt";
        try (InputStream in = Objects.requireNonNull(BuiltInFunctionsIT.class.getResourceAsStream(resource))) {
            Map<String, String> names = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .collect(Collectors.toMap(line -> line[0], line -> line[1]));
            List<String> there = server.ask("postgres", "SELECT oid, proname FROM pg_proc WHERE oid < 10000")
                    .lines()
                    .toList();
            assertThat(there).hasSizeGreaterThan(2_500);
            return there.stream()
                    .filter(line -> {
                        String[] function = line.split(",", -1);
                        return !function[1].equals(names.getOrDefault(function[0], function[1]));
                    })
                    .toList();
        }
    }

    private static List<String> unknown(TestServer server) throws IOException {
        String database = server.freshDatabase();
        EXTENSIONS.forEach(extension -> server.run(database, "CREATE EXTENSION IF NOT EXISTS " + extension));
        Set<String> harmless = harmless();
        List<String> acting = server.ask(database, ACTING).lines().toList();
        assertThat(acting).hasSizeGreaterThan(200).contains("pg_terminate_backend", "dblink_exec", "heap_force_kill");
        return acting.stream()
                .filter(name -> FunctionGroup.of(name).isEmpty() && !harmless.contains(name))
                .toList();
    }

    private static Set<String> harmless() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                BuiltInFunctionsIT.class.getResourceAsStream("/catalog/harmless-functions.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().collect(Collectors.toSet());
        }
    }
}
