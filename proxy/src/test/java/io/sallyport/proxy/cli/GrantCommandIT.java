package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** `sallyport grant` against a running proxy, and what runs with its tokens. */
@Timeout(120)
final class GrantCommandIT {
    private static final TestServer SERVER = TestServer.shared();
    private static final String MIGRATION = """
            -- Nobody needs these any more.
            DROP TABLE old_orders;
            CREATE TABLE fresh (i int);
            DELETE FROM customers; -- all of them
            TRUNCATE
              visits;
            """;

    private String database = "";
    private TestProxy proxy = start("built-in");

    private static TestProxy start(String policy) {
        return TestProxy.start(SERVER.port(), policy, Map.of("admin", "127.0.0.1:0", "hold.expires", "2s"));
    }

    @BeforeEach
    void makes_tables() {
        database = SERVER.freshDatabase();
        SERVER.run(database, """
                CREATE TABLE old_orders (i int); ALTER TABLE old_orders OWNER TO app;
                CREATE TABLE customers (i int); CREATE TABLE visits (i int);
                INSERT INTO customers VALUES (1), (2); INSERT INTO visits VALUES (1);
                GRANT ALL ON customers, visits TO PUBLIC
                """);
    }

    @AfterEach
    void stops() {
        proxy.close();
    }

    private Invocation run(String... arguments) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SALLYPORT_URL", "http://127.0.0.1:" + proxy.adminPort());
        environment.put("SALLYPORT_USER", "by_scram");
        environment.put("SALLYPORT_PASSWORD", TestServer.PASSWORD);
        return Invocation.with(environment, arguments);
    }

    private String grantFile(Path file, String... more) {
        String[] arguments = new String[7 + more.length];
        List<String> first = List.of("grant", "--file", file.toString(), "--user", "app", "--database", database);
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = i < first.size() ? first.get(i) : more[i - first.size()];
        }
        Invocation granted = run(arguments);
        assertThat(granted.exitCode()).as(granted.err()).isZero();
        assertThat(granted.out()).matches("spt(-[0-9A-Z]{4}){6}\n");
        return granted.out().strip();
    }

    private String url(String token) {
        return "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database + "?options="
                + URLEncoder.encode("-c sallyport.token=" + token, StandardCharsets.UTF_8);
    }

    private static List<ServerMessage> query(WireClient client, String sql) {
        return client.query(sql);
    }

    @Test
    void request_is_listed_shown_and_granted() {
        proxy.close();
        proxy = start("tokens");
        try (WireClient alice = proxy.login("alice", database)) {
            String code = Approver.code(query(alice, "DELETE FROM visits").get(0));
            assertThat(run("requests").out()).contains(code, "alice@" + database, "DELETE FROM visits");
            assertThat(run("requests", code).out()).contains("deletes by token", "the token covers", "open");
            Invocation granted = run("grant", code, "--reason", "cleaning", "--for", "10m");
            assertThat(granted.exitCode()).isZero();
            assertThat(granted.out()).matches("spt(-[0-9A-Z]{4}){6}\n");
            assertThat(granted.err()).contains(code + ": for alice on " + database, "shown only now");
            query(alice, "SET sallyport.token = '" + granted.out().strip() + "'");
            assertThat(query(alice, "DELETE FROM visits").toString()).contains("DELETE 1");
            Invocation again = run("grant", code);
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.out()).isEmpty();
            assertThat(again.err()).contains("not waiting any more: granted");
            assertThat(run("grant", "AAAA-AAAA").err()).contains("there is no request of this code");
        }
    }

    @Test
    void grant_of_one_of_two_hands_out_nothing() {
        proxy.close();
        proxy = start("tokens-quorum");
        try (WireClient alice = proxy.login("alice", database)) {
            String code = Approver.code(query(alice, "DELETE FROM visits").get(0));
            Invocation first = run("grant", code);
            assertThat(first.exitCode()).isEqualTo(1);
            assertThat(first.out()).isEmpty();
            assertThat(first.err()).contains("counted, 1 of 2; nobody has the token yet");
        }
    }

    @Test
    void file_is_shown_statement_by_statement_and_granted_as_one_token(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("clean.sql"), MIGRATION);
        Invocation unasked = run("grant", "--file", file.toString(), "--user", "app", "--database", database);
        assertThat(unasked.exitCode()).isEqualTo(2);
        assertThat(unasked.out()).isEmpty();
        assertThat(unasked.err())
                .contains(
                        "clean.sql:2:1: hold by rule",
                        "clean.sql:3:1: allow",
                        "TRUNCATE\n      visits",
                        "3 of 4 statements need the token; in sessions with the role's own search_path",
                        "give --yes");
        String token = grantFile(file, "--yes", "--reason", "release 7");
        try (WireClient app = proxy.login("app", database)) {
            query(app, "SET sallyport.token = '" + token + "'");
            // In another order, and written in another way.
            assertThat(query(app, "TRUNCATE visits").toString()).contains("TRUNCATE TABLE");
            assertThat(query(app, "TRUNCATE visits").toString()).contains("it is used up");
            assertThat(query(app, "BEGIN; DROP TABLE old_orders; DELETE FROM customers; COMMIT")
                            .toString())
                    .contains("DROP TABLE", "DELETE 2");
        }
        assertThat(SERVER.ask(database, "SELECT count(*) FROM customers")).isEqualTo("0");
    }

    @Test
    void nobody_grants_a_file_for_themselves_or_one_that_is_denied(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("clean.sql"), MIGRATION);
        Invocation own = run("grant", "--file", file.toString(), "--user", "by_scram", "--database", database, "--yes");
        assertThat(own.exitCode()).isEqualTo(1);
        assertThat(own.err()).contains("it takes a second person");
        Path harmless = Files.writeString(folder.resolve("harmless.sql"), "SELECT 1;");
        assertThat(run("grant", "--file", harmless.toString(), "--user", "app", "--database", database, "--yes")
                        .err())
                .contains("nothing in it needs a token");
        assertThat(run("grant", "--file", file.toString(), "K7Q4-F2MD").exitCode())
                .isEqualTo(2);
        assertThat(run("grant", "K7Q4-F2MD", "--user", "app").err()).contains("who you are says --as");
        proxy.close();
        proxy = start("tokens");
        Invocation denied = run("grant", "--file", file.toString(), "--user", "app", "--database", database, "--yes");
        assertThat(denied.exitCode()).isEqualTo(1);
        assertThat(denied.err()).contains("deny by rule \"truncates never\": no token runs it", "nothing was granted");
        assertThat(denied.out()).isEmpty();
    }

    @Test
    void flyway_runs_a_migration_that_was_granted(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("V1__clean.sql"), MIGRATION);
        Flyway refused = flyway("", folder);
        assertThatThrownBy(refused::migrate).isInstanceOf(FlywayException.class).hasMessageContaining("expired");
        // As Flyway sets it.
        String token = grantFile(file, "--yes", "--for", "10m", "--search-path", "\"public\",\"$user\", public");
        assertThat(flyway(token, folder).migrate().migrationsExecuted).isEqualTo(1);
        assertThat(SERVER.ask(database, "SELECT count(*) FROM customers")).isEqualTo("0");
        assertThat(SERVER.ask(database, "SELECT to_regclass('old_orders')")).isEmpty();
        assertThat(String.join("\n", proxy.audited())).doesNotContain(token.substring(4, 18));
    }

    private Flyway flyway(String token, Path folder) {
        return Flyway.configure()
                .dataSource(url(token), "app", "")
                .locations("filesystem:" + folder)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }

    @Test
    void liquibase_runs_a_change_that_was_granted(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("clean.sql"), MIGRATION);
        Files.writeString(folder.resolve("changes.sql"), "--liquibase formatted sql\n--changeset ada:1\n" + MIGRATION);
        String token = grantFile(file, "--yes", "--search-path", "any");
        try (Connection connection = DriverManager.getConnection(url(token), "app", "");
                Liquibase liquibase = new Liquibase(
                        "changes.sql", new DirectoryResourceAccessor(folder), new JdbcConnection(connection))) {
            liquibase.update(new Contexts());
            assertThat(liquibase.listUnrunChangeSets(new Contexts(), null)).isEmpty();
        }
        assertThat(SERVER.ask(database, "SELECT count(*) FROM visits")).isEqualTo("0");
    }
}
