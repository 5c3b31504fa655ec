package io.sallyport.proxy.it.token;

import static io.sallyport.proxy.it.token.TokenStage.say;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sallyport.proxy.it.psql.ClientTools;
import io.sallyport.proxy.it.server.ControlServer;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.WireClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The secret is in no log, no audit, no metric, no view of the server, and in no table. */
@Timeout(120)
final class TokenSecrecyIT {
    private static final String SQL = "DELETE FROM t WHERE i = 1";

    @Test
    void secret_is_nowhere_but_with_its_two_people(@TempDir Path folder) throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger("io.sallyport");
        Level before = root.getLevel();
        root.setLevel(Level.TRACE);
        log.start();
        root.addAppender(log);
        try (ControlServer control = new ControlServer(folder);
                TestServer server = TestServer.startLogging(folder.resolve("server"));
                TokenStage stage = new TokenStage(server, control.settings(Map.of("audit.every_statement", "true")))) {
            List<String> seen = new ArrayList<>();
            try (WireClient alice = stage.login("alice")) {
                present(server, stage, alice, seen);
            }
            String serverLog = Files.readString(folder.resolve("server/log/pg.log"), StandardCharsets.ISO_8859_1);
            assertThat(serverLog).contains("DELETE FROM t WHERE i = 1", "sallyport.token = 'xxxx", "spt-xxxx");
            seen.add(serverLog);
            String stored = String.join(
                    "\n",
                    control.ask("SELECT string_agg(r::text, ' ') FROM sallyport.token_request AS r"),
                    control.ask("SELECT string_agg(r::text, ' ') FROM sallyport.token AS r"),
                    control.ask("SELECT string_agg(r::text, ' ') FROM sallyport.token_statement AS r"));
            assertThat(stored).contains("DELETE FROM t");
            String logged = log.list.stream()
                    .map(event -> event.getFormattedMessage() + " " + event.getThrowableProxy())
                    .collect(Collectors.joining("\n"));
            assertThat(logged).contains("session of alice");
            for (String secret : stage.secrets) {
                String heart = secret.substring(4, 18);
                assertThat(seen.toString()).doesNotContain(heart);
                assertThat(stored).doesNotContain(heart);
                assertThat(logged).doesNotContain(heart);
            }
        } finally {
            root.detachAppender(log);
            root.setLevel(before);
        }
    }

    /** In every way, with a look at the server each time. */
    private static void present(TestServer server, TokenStage stage, WireClient alice, List<String> seen) {
        for (String form : List.of(
                "SET sallyport.token = '%s'",
                "SELECT set_config('sallyport.token', '%s', false)",
                "/* sallyport.token=%s */ DELETE FROM t WHERE i = 1",
                "INSERT INTO t VALUES (1, '%s')",
                "ALTER ROLE alice SET sallyport.token = '%s'",
                "SET sallyport.token = '%s', 'x'",
                "SELECT '%s' FROM nowhere",
                "DO $$ BEGIN RAISE EXCEPTION '%s'; END $$")) {
            String token = stage.tokenFor(SQL);
            alice.query(String.format(form, token));
            seen.add(server.ask("postgres", "SELECT string_agg(query, ' ') FROM pg_stat_activity"));
            alice.query(SQL);
            alice.query("RESET sallyport.token");
            seen.add(alice.query("SHOW sallyport.token").toString());
            seen.add(alice.query("SELECT current_setting('sallyport.token', true)")
                    .toString());
        }
        String bound = stage.tokenFor(SQL);
        alice.send(
                Frontend.parse("", "SELECT set_config('sallyport.token', $1, false)"),
                Frontend.bind("", "", bound),
                Frontend.execute("", 0),
                Frontend.sync());
        seen.add(alice.readUntilReady().toString());
        seen.add(server.ask("postgres", "SELECT string_agg(rolconfig::text, ' ') FROM pg_roles"));
    }

    @Test
    void psql_presents_it_by_pgoptions() {
        ClientTools.assumeInstalled("psql");
        try (TokenStage stage = new TokenStage()) {
            String token = stage.tokenFor("DELETE FROM t WHERE i = 1");
            List<String> command = new ArrayList<>(List.of("env", "PGOPTIONS=-c sallyport.token=" + token));
            command.addAll(ClientTools.command(
                    "psql",
                    stage.proxy.port(),
                    "alice",
                    stage.database,
                    "-X",
                    "-v",
                    "ON_ERROR_STOP=1",
                    "-c",
                    "DELETE FROM t WHERE i = 1"));
            ClientTools.Result result = ClientTools.run(command, "");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out()).isEqualTo("DELETE 1\n");
            assertThat(result.err()).contains("granted by bob: running it now");
        }
    }

    @Test
    void psql_grants_and_presents_in_one_script() {
        ClientTools.assumeInstalled("psql");
        try (TokenStage stage = new TokenStage()) {
            String token = stage.tokenFor("DELETE FROM t\nWHERE i = 1");
            ClientTools.Result result = ClientTools.run(
                    ClientTools.command("psql", stage.proxy.port(), "alice", stage.database, "-X", "-q"),
                    "SET sallyport.token = '" + token
                            + "';\nDELETE FROM t -- one\n  WHERE i = 1;\nSELECT count(*) FROM t");
            assertThat(result.err()).contains("running it now").doesNotContain("ERROR");
        }
    }

    @Test
    void pgjdbc_presents_it_by_options() throws SQLException {
        try (TokenStage stage = new TokenStage()) {
            String token = stage.tokenFor("DELETE FROM t WHERE i = 1");
            Properties properties = new Properties();
            properties.putAll(new HashMap<>(
                    Map.of("user", "alice", "options", "-c sallyport.token=" + token + " -c work_mem=9MB")));
            String url = "jdbc:postgresql://127.0.0.1:" + stage.proxy.port() + "/" + stage.database;
            try (Connection connection = DriverManager.getConnection(url, properties);
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                assertThat(statement.executeUpdate("DELETE FROM t WHERE i = 1")).isEqualTo(1);
                connection.commit();
            }
            assertThat(stage.rows("t")).isEqualTo("1");
        }
    }

    @Test
    void parallel_sessions_share_nothing() {
        try (TokenStage stage = new TokenStage();
                WireClient alice = stage.login("alice");
                WireClient twin = stage.login("alice")) {
            stage.present(alice, stage.tokenFor(SQL));
            assertThat(say(twin, SQL)).startsWith("42501").doesNotContain("token does not");
            assertThat(say(alice, SQL)).isEqualTo("DELETE 1");
        }
    }
}
