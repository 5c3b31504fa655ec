package io.sallyport.proxy.it.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.OlderBinaries;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a session is told of where it is, and what it can ask. */
@Timeout(120)
final class EnvironmentIT {
    private final TestServer server = TestServer.shared();

    static Stream<Integer> majors() {
        return OlderBinaries.majors().stream();
    }

    private static TestProxy proxy(TestServer server, String environment) {
        return TestProxy.start(server.port(), "built-in", Map.of("environment", environment));
    }

    private static WireClient login(TestProxy proxy, String... more) {
        WireClient client = WireClient.connect(proxy.port());
        List<String> words = new ArrayList<>(List.of("user", "alice", "database", "postgres"));
        words.addAll(List.of(more));
        client.send(Frontend.startup(Frontend.PROTOCOL_3_0, words.toArray(String[]::new)));
        client.authenticate("alice", "");
        return client;
    }

    private static String shown(WireClient client) {
        return Rows.of(client.query("SHOW sallyport.environment")).get(0).get(0);
    }

    private static void assertOursWins(TestServer server) {
        try (TestProxy proxy = proxy(server, "production");
                WireClient plain = login(proxy);
                WireClient named = login(proxy, "sallyport.environment", "mine", "SALLYPORT.Environment", "mine");
                WireClient switched = login(
                        proxy,
                        "options",
                        "-c sallyport.environment=mine --sallyport.environment=mine -c work_mem=5MB")) {
            assertThat(shown(plain)).isEqualTo("production");
            assertThat(shown(named)).isEqualTo("production");
            assertThat(shown(switched)).isEqualTo("production");
            assertThat(Rows.of(switched.query("SELECT current_setting('sallyport.environment', true)"))
                            .get(0))
                    .containsExactly("production");
            plain.query("RESET sallyport.environment");
            plain.query("RESET ALL");
            plain.query("DISCARD ALL");
            assertThat(shown(plain)).isEqualTo("production");
            List<ServerMessage> answer = plain.query("SET sallyport.environment = 'test'");
            assertThat(answer.get(0).sqlState()).isEqualTo("42501");
            assertThat(shown(plain)).isEqualTo("production");
        }
    }

    @Test
    void every_session_can_ask_and_none_can_say_otherwise() {
        assertOursWins(server);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void older_servers_do_alike(int major) {
        try (TestServer older = TestServer.start(OlderBinaries.of(major))) {
            assertOursWins(older);
        }
    }

    @Test
    void what_a_role_or_database_has_set_does_not_count_either() {
        String database = server.freshDatabase();
        server.run(database, "ALTER DATABASE " + database + " SET sallyport.environment = 'elsewhere'");
        try (TestProxy proxy = proxy(server, "production");
                WireClient client = proxy.login("alice", database)) {
            assertThat(shown(client)).isEqualTo("production");
        }
    }

    @Test
    void letters_beyond_ascii_are_question_marks_in_a_database_of_any_encoding() {
        server.run("postgres", "DROP DATABASE IF EXISTS latin");
        server.run(
                "postgres", "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
        try (TestProxy proxy = proxy(server, "Prüfung");
                WireClient client = login(proxy, "database", "latin", "client_encoding", "UTF8")) {
            assertThat(shown(client)).isEqualTo("Pr?fung");
        }
    }

    @Test
    void without_an_environment_the_server_knows_nothing_of_it() {
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient client = proxy.login("alice", "postgres")) {
            assertThat(client.query("SHOW sallyport.environment").get(0).sqlState())
                    .isEqualTo("42704");
        }
    }

    @Test
    void pgjdbc_connects_and_has_the_banner_among_its_warnings() throws SQLException {
        try (TestProxy proxy = proxy(server, "production");
                Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres?user=alice");
                ResultSet one = connection.createStatement().executeQuery("SELECT 1")) {
            assertThat(one.next()).isTrue();
            assertThat(connection.getWarnings().getMessage())
                    .startsWith("PRODUCTION · postgres on 127.0.0.1:" + server.port() + " · ");
        }
    }
}
