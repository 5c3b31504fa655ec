package io.sallyport.proxy.it.honest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.psql.ClientTools;
import io.sallyport.proxy.it.psql.ClientTools.Result;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** psql looks things up for its user: the describe commands, and what the tab key asks. */
final class PsqlCatalogIT {
    private static final String OBJECTS = """
            CREATE SCHEMA shop;
            CREATE TABLE shop.orders (id serial PRIMARY KEY, what text CHECK (what <> ''), paid numeric DEFAULT 0);
            CREATE TABLE parts (id int, at date) PARTITION BY RANGE (at);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            CREATE VIEW shop.dear AS SELECT * FROM shop.orders WHERE paid > 100;
            CREATE FUNCTION shop.total() RETURNS numeric LANGUAGE sql AS 'SELECT sum(paid) FROM shop.orders';
            CREATE TYPE shop.mood AS ENUM ('glad', 'sad');
            CREATE PUBLICATION everything FOR ALL TABLES;
            ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own ON shop.orders USING (true);
            GRANT USAGE ON SCHEMA shop TO PUBLIC; GRANT SELECT ON ALL TABLES IN SCHEMA shop TO PUBLIC;
            """;

    private static final List<String> DESCRIBE = List.of(
            "d",
            "d *",
            "d+ shop.orders",
            "d+ parts",
            "d shop.dear",
            "da",
            "da+ sum",
            "dA",
            "dA+",
            "dAc",
            "dAf",
            "dAo",
            "dAp",
            "db+",
            "dc",
            "dC+",
            "dd",
            "dD",
            "ddp",
            "dE",
            "des",
            "det",
            "deu",
            "dew",
            "df",
            "df+ shop.*",
            "dF",
            "dFd",
            "dFp",
            "dFt",
            "dg+",
            "di+",
            "dl",
            "dL+",
            "dm",
            "dn+",
            "do",
            "do+ &&",
            "dO",
            "dp",
            "dp shop.*",
            "dP+",
            "drds",
            "dRp+",
            "dRs",
            "ds+",
            "dt+ *.*",
            "dT+",
            "du+",
            "dv+",
            "dx+",
            "dX",
            "dy",
            "l+",
            "z",
            "zS",
            "sf shop.total",
            "sf+ shop.total",
            "sv shop.dear",
            "lo_list",
            "conninfo",
            "encoding",
            "encoding UTF8",
            "password_encryption",
            "h DELETE",
            "set",
            "timing on");

    /** Each line is what somebody types before they press the tab key twice. */
    private static final List<String> TYPED = List.of(
            "SELECT * FROM sh",
            "SELECT * FROM shop.",
            "INSERT INTO shop.orders (",
            "UPDATE shop.orders SET ",
            "DELETE FROM shop.",
            "DROP TABLE ",
            "DROP FUNCTION shop.",
            "ALTER TABLE shop.orders DROP COLUMN ",
            "TRUNCATE ",
            "GRANT SELECT ON ",
            "GRANT x TO ",
            "SET sea",
            "SET search_path TO ",
            "SET TIME ZONE ",
            "SHOW ",
            "\\d ",
            "\\df sh",
            "\\dn ",
            "\\c ",
            "VACUUM ",
            "ANALYZE sh",
            "LOCK TABLE ",
            "COPY ",
            "COMMENT ON TABLE ",
            "CREATE INDEX ON ",
            "CREATE TRIGGER x BEFORE UPDATE ON ",
            "REINDEX TABLE ",
            "DROP ROLE ",
            "DROP DATABASE ",
            "ALTER TYPE shop.mood RENAME VALUE ",
            "EXPLAIN SELECT * FROM ",
            "TABLE ",
            "CALL ",
            "EXECUTE ",
            "LISTEN ",
            "ALTER SEQUENCE ",
            "REFRESH MATERIALIZED VIEW ",
            "SECURITY LABEL ON TABLE ",
            "DROP OWNED BY ");

    @BeforeEach
    void needs_psql() {
        ClientTools.assumeInstalled("psql");
    }

    @Test
    void every_describe_command_answers() {
        try (HonestPlace place = new HonestPlace()) {
            place.prepare(OBJECTS);
            Result result = ClientTools.run(
                    command(place),
                    DESCRIBE.stream().map(command -> "\\" + command).collect(Collectors.joining("\n", "", "\n")));
            assertThat(result.err()).doesNotContain("Sallyport", "expired", "held");
            assertThat(result.out()).contains("shop.orders", "shop.total()", "everything");
        }
    }

    @Test
    @Timeout(60)
    void the_tab_key_asks_the_catalogs() throws IOException {
        ClientTools.assumeInstalled("script");
        try (HonestPlace place = new HonestPlace()) {
            place.prepare(OBJECTS);
            String typed = typed(command(place));
            assertThat(typed)
                    .contains("shop.orders", "search_path", "pg_write_all_data")
                    .doesNotContain("Sallyport:");
        }
    }

    /** What a terminal shows while somebody types; keys that come before the first prompt would complete nothing. */
    private static String typed(List<String> command) throws IOException {
        Process psql = new ProcessBuilder("script", "-qec", String.join(" ", command), "/dev/null")
                .redirectErrorStream(true)
                .start();
        StringBuilder shown = new StringBuilder();
        try (Reader out = new InputStreamReader(psql.getInputStream(), StandardCharsets.UTF_8);
                Writer keys = new OutputStreamWriter(psql.getOutputStream(), StandardCharsets.UTF_8)) {
            while (shown.indexOf("=> ") < 0) {
                shown.append((char) out.read());
            }
            for (String line : TYPED) {
                // The n answers a question that a long list asks; Ctrl-U empties the line again.
                keys.write(line + "\t\tn\u0015");
            }
            keys.write("\\q\n");
            keys.flush();
            for (int c = out.read(); c >= 0; c = out.read()) {
                shown.append((char) c);
            }
        }
        return shown.toString();
    }

    private static List<String> command(HonestPlace place) {
        return Stream.concat(
                        ClientTools.command("psql", place.port(), "alice", place.database(), "-X").stream(),
                        Stream.of("-P", "pager=off"))
                .toList();
    }
}
