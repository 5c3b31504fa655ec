package io.sallyport.proxy.it.psql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.proxy.it.psql.ClientTools.Result;
import io.sallyport.proxy.it.server.OlderBinaries;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** pg_dump refuses servers newer than itself, so these tests bring an older server. */
final class PgDumpIT {
    private static final String SCHEMA = """
            CREATE SCHEMA shop;
            CREATE TABLE shop.orders (id serial PRIMARY KEY, what text NOT NULL, paid numeric(10,2) DEFAULT 0);
            INSERT INTO shop.orders (what, paid) SELECT 'thing \t' || n, n / 7.0 FROM generate_series(1, 5000) n;
            CREATE INDEX ON shop.orders (what);
            CREATE VIEW shop.dear AS SELECT * FROM shop.orders WHERE paid > 100;
            CREATE FUNCTION shop.total() RETURNS numeric LANGUAGE sql AS 'SELECT sum(paid) FROM shop.orders';
            CREATE TABLE public.blobs (b bytea); INSERT INTO public.blobs VALUES ('\\x00ff5c0a27');
            COMMENT ON TABLE shop.orders IS 'it''s a comment; drop table x';
            """;

    @Test
    void a_dump_piped_into_psql_gives_the_same_database_as_without_the_proxy() {
        ClientTools.assumeInstalled("pg_dump", "psql");
        assumeTrue(OlderBinaries.available(), "no older server was downloaded by the build");
        try (TestServer server = TestServer.start(OlderBinaries::open);
                TestProxy proxy = TestProxy.start(server, "built-in")) {
            String source = server.freshDatabase();
            server.run(source, SCHEMA);
            String direct = dump(server.port(), source);
            assertThat(direct).contains("COPY shop.orders", "CREATE VIEW shop.dear");
            assertThat(dump(proxy.port(), source)).isEqualTo(direct);

            String copy = server.freshDatabase();
            Result restored = ClientTools.run(
                    ClientTools.command("psql", proxy.port(), "postgres", copy, "-X", "-q", "-v", "ON_ERROR_STOP=1"),
                    dump(proxy.port(), source));
            assertThat(restored.err()).isEmpty();
            assertThat(restored.exitCode()).isZero();
            assertThat(dump(server.port(), copy)).isEqualTo(direct);
        }
    }

    /** Newer versions fence the script with a random key (\restrict), which is not content. */
    private static String dump(int port, String database) {
        List<String> command = ClientTools.command("pg_dump", port, "postgres", database);
        Result result = ClientTools.run(command, "");
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out()
                .lines()
                .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
