package io.sallyport.proxy.it.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.psql.ClientTools;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/authentication.md says what psql meets: every cell is tried. */
final class ChannelBindingPageIT {
    private static final TestServer SERVER = TestServer.shared();
    private static final List<String> SETTINGS = List.of("disable", "prefer", "require");

    @TempDir
    static Path folder;

    /** Rows of the table: the client's leg, the server's, the mode, and what becomes of each setting. */
    static Stream<List<String>> rows() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "authentication.md")).stream()
                .filter(line -> line.startsWith("| plain | plain |"))
                .map(line -> Arrays.stream(line.split("\\|", -1))
                        .map(cell -> cell.replace("`", "").strip())
                        .toList()
                        .subList(1, 7));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void every_cell_of_a_row_is_what_psql_meets(List<String> row) throws IOException {
        ClientTools.assumeInstalled("psql");
        String verifier = SERVER.ask("postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = 'by_scram'");
        Path users = folder.resolve("users.txt");
        Files.writeString(users, "\"by_scram\" \"" + verifier + "\"\n");
        try (TestProxy proxy = TestProxy.start(
                SERVER.port(), "built-in", Map.of("auth.mode", row.get(2), "auth.userlist", users.toString()))) {
            for (int i = 0; i < SETTINGS.size(); i++) {
                String connection = "host=127.0.0.1 port=" + proxy.port() + " user=by_scram dbname=postgres password='"
                        + TestServer.PASSWORD + "' channel_binding=" + SETTINGS.get(i);
                ClientTools.Result result =
                        ClientTools.run(List.of("psql", "-X", "-w", "-At", "-c", "SELECT 1", connection), "");
                assertThat(result.exitCode() == 0 ? "works" : "fails")
                        .as(row + " " + SETTINGS.get(i) + ": " + result.err())
                        .isEqualTo(row.get(3 + i));
            }
        }
    }
}
