package io.sallyport.proxy.it.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.psql.ClientTools;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.tls.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/authentication.md says what clients meet: every cell is tried, with psql and with pgjdbc. */
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChannelBindingPageIT {
    private static final List<String> SETTINGS = List.of("disable", "prefer", "require");
    private static final List<String> LEGS = List.of("plain", "TLS", "TLS, same certificate");

    private TestCertificates certificates;
    private TestServer server;
    private String users;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.NEVER) Path folder) {
        certificates = new TestCertificates(folder, "ours");
        certificates.write("proxy", certificates.issue("CN=proxy"));
        var bundle = certificates.issue("CN=server");
        certificates.write("server", bundle);
        server = TestServer.startWithTls(bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM(), "");
        String verifier = server.ask("postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = 'by_scram'");
        users = certificates.write("users.txt", "\"by_scram\" \"" + verifier + "\"\n");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** Rows of the table: the client's leg, the server's, the mode, and what becomes of each setting. */
    static Stream<List<String>> rows() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "authentication.md")).stream()
                .filter(line -> line.matches("\\| (plain|TLS) \\| .*"))
                .map(line -> Arrays.stream(line.split("\\|", -1))
                        .map(cell -> cell.replace("`", "").strip())
                        .toList()
                        .subList(1, 7));
    }

    @Test
    void the_table_has_every_combination() throws IOException {
        List<List<String>> wanted = Stream.of("plain", "TLS")
                .flatMap(client -> LEGS.stream()
                        .filter(leg -> client.equals("TLS") || !leg.contains("same"))
                        .flatMap(leg -> Stream.of("relay", "terminate").map(mode -> List.of(client, leg, mode))))
                .toList();
        assertThat(rows().map(row -> row.subList(0, 3))).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void every_cell_of_a_row_is_what_psql_meets(List<String> row) {
        ClientTools.assumeInstalled("psql");
        try (TestProxy proxy = proxy(row)) {
            for (int i = 0; i < SETTINGS.size(); i++) {
                String connection = "host=127.0.0.1 port=" + proxy.port() + " user=by_scram dbname=postgres password='"
                        + TestServer.PASSWORD + "' channel_binding=" + SETTINGS.get(i) + " sslmode=" + sslmode(row);
                ClientTools.Result result =
                        ClientTools.run(List.of("psql", "-X", "-w", "-At", "-c", "SELECT 1", connection), "");
                assertThat(result.exitCode() == 0 ? "works" : "fails")
                        .as(row + " " + SETTINGS.get(i) + ": " + result.err())
                        .isEqualTo(row.get(3 + i));
                assertExplained(row, i, result.err());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void every_cell_of_a_row_is_what_pgjdbc_meets(List<String> row) {
        try (TestProxy proxy = proxy(row)) {
            for (int i = 0; i < SETTINGS.size(); i++) {
                Properties properties = new Properties();
                properties.setProperty("user", "by_scram");
                properties.setProperty("password", TestServer.PASSWORD);
                properties.setProperty("sslmode", sslmode(row));
                properties.setProperty("channelBinding", SETTINGS.get(i));
                String why = "";
                try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres", properties)) {
                    assertThat(connection.isValid(5)).isTrue();
                } catch (SQLException e) {
                    why = String.valueOf(e.getMessage());
                }
                assertThat(why.isEmpty() ? "works" : "fails")
                        .as(row + " " + SETTINGS.get(i) + ": " + why)
                        .isEqualTo(row.get(3 + i));
                assertExplained(row, i, why);
            }
        }
    }

    /** What cannot be by the protocol's rules, and a client does not refuse by itself, says so and what to do. */
    private static void assertExplained(List<String> row, int setting, String error) {
        if (SETTINGS.get(setting).equals("prefer") && row.get(3 + setting).equals("fails")) {
            assertThat(error).contains("channel binding is not possible through Sallyport", "auth.mode: terminate");
        }
    }

    private static String sslmode(List<String> row) {
        return row.get(0).equals("TLS") ? "require" : "disable";
    }

    private TestProxy proxy(List<String> row) {
        Map<String, String> settings = new HashMap<>(Map.of("auth.mode", row.get(2)));
        if (row.get(2).equals("terminate")) {
            settings.put("auth.userlist", users);
        }
        String shown = row.get(1).contains("same") ? "server" : "proxy";
        if (row.get(0).equals("TLS")) {
            settings.put("tls.certificate", certificates.path(shown + ".crt"));
            settings.put("tls.key", certificates.path(shown + ".key"));
        }
        settings.put("upstream_tls.mode", row.get(1).equals("plain") ? "disable" : "require");
        return TestProxy.start(server.port(), "built-in", settings);
    }
}
