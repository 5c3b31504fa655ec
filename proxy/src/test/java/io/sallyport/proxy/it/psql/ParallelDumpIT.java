package io.sallyport.proxy.it.psql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.proxy.it.psql.ClientTools.Result;
import io.sallyport.proxy.it.server.OlderBinaries;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.tls.TestCertificates;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Four connections at once that share one snapshot, and four that fill one database. */
@Timeout(180)
final class ParallelDumpIT {
    private static final String SCHEMA = """
            DO $$ BEGIN FOR n IN 1..8 LOOP
              EXECUTE format('CREATE TABLE t%1$s (i int PRIMARY KEY, s text, b bytea)', n);
              EXECUTE format('INSERT INTO t%1$s SELECT g, ''row \t'' || g, decode(repeat(''00ff5c'', g %% 50), ''hex'')
                              FROM generate_series(1, %1$s * 700) g', n);
              EXECUTE format('CREATE INDEX ON t%1$s (s)', n);
            END LOOP; END $$;
            ALTER TABLE t1 ADD FOREIGN KEY (i) REFERENCES t2;
            CREATE VIEW v AS SELECT count(*) FROM t1;
            SELECT lo_from_bytea(4711, decode(repeat('ab', 100000), 'hex'));
            """;
    private static final String CONTENT = """
            SELECT string_agg(x, ',' ORDER BY x) FROM (
              SELECT relname || ':' || md5(query_to_xml('SELECT * FROM ' || relname || ' ORDER BY 1', true, true, '')::text) AS x
                FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
              UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
              UNION ALL SELECT conname::text FROM pg_constraint WHERE conrelid <> 0
              UNION ALL SELECT md5(lo_get(oid)) FROM pg_largeobject_metadata
              UNION ALL SELECT count::text FROM v) AS all_of_it""";

    @TempDir(cleanup = CleanupMode.NEVER)
    Path folder;

    @Test
    void a_parallel_dump_and_restore_make_the_same_database() {
        assumeTools();
        try (TestServer server = TestServer.start(OlderBinaries::open)) {
            compare(server, Map.of(), "sslmode=disable");
        }
    }

    @Test
    void and_so_they_do_over_tls_on_both_legs() {
        assumeTools();
        TestCertificates ours = new TestCertificates(folder, "ours");
        ours.write("proxy", ours.issue("CN=proxy"));
        var bundle = ours.issue("CN=server");
        Map<String, String> both = Map.of(
                "tls.mode", "require",
                "tls.certificate", ours.path("proxy.crt"),
                "tls.key", ours.path("proxy.key"),
                "upstream_tls.mode", "verify-ca",
                "upstream_tls.ca", ours.ca());
        try (TestServer server = TestServer.startWithTls(
                OlderBinaries::open, bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM())) {
            compare(server, both, "sslmode=verify-full sslrootcert=" + ours.ca());
        }
    }

    private static void assumeTools() {
        ClientTools.assumeInstalled("pg_dump", "pg_restore");
        assumeTrue(OlderBinaries.available(), "no older server was downloaded by the build");
    }

    /** pg_restore empties the tables that it has just made, which is held by the built-in policy: it takes one that allows. */
    private void compare(TestServer server, Map<String, String> settings, String tls) {
        String source = server.freshDatabase();
        server.run(source, SCHEMA);
        String copy = server.freshDatabase();
        String dump = folder.resolve("dump").toString();
        try (TestProxy careful = TestProxy.start(server.port(), "built-in", settings);
                TestProxy allowing = TestProxy.start(server.port(), "allow", settings)) {
            run("pg_dump", "-F", "d", "-j", "4", "-f", dump, "-d", place(careful, source, tls));
            run("pg_restore", "-j", "4", "--exit-on-error", "-d", place(allowing, copy, tls), dump);
        }
        assertThat(server.ask(copy, CONTENT))
                .isEqualTo(server.ask(source, CONTENT))
                .contains("t8:", "v");
    }

    private static String place(TestProxy proxy, String database, String tls) {
        return "host=localhost hostaddr=127.0.0.1 port=" + proxy.port() + " user=postgres dbname=" + database + " "
                + tls;
    }

    private static void run(String... command) {
        Result result = ClientTools.run(List.of(command), "");
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }
}
