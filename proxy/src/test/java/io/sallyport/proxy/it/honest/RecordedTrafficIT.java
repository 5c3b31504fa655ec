package io.sallyport.proxy.it.honest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What frameworks send when they connect, migrate, create, read, update and delete; statement by statement, in their own order. */
final class RecordedTrafficIT {
    private static final String PARAMETERS = "\n-- with: ";

    @ParameterizedTest
    @CsvSource({
        "django, simple",
        "django, extended",
        "rails, simple",
        "rails, extended",
        "sqlalchemy, simple",
        "sqlalchemy, extended",
        "node-postgres, simple",
        "node-postgres, extended",
        "drivers, simple",
        "drivers, extended"
    })
    void runs_as_if_there_were_no_gate(String framework, String protocol) throws IOException {
        try (HonestPlace place = new HonestPlace();
                WireClient client = place.proxy().login("app", place.database())) {
            for (String statement : statements(framework)) {
                boolean extended = protocol.equals("extended") || statement.contains(PARAMETERS);
                assertThat(extended ? extended(client, statement) : client.query(statement))
                        .as(statement)
                        .noneMatch(message -> message.type() == 'E');
            }
        }
    }

    private static List<ServerMessage> extended(WireClient client, String statement) {
        int end = statement.indexOf(PARAMETERS);
        String sql = end < 0 ? statement : statement.substring(0, end);
        String[] values = end < 0
                ? new String[0]
                : statement.substring(end + PARAMETERS.length()).split(" \\| ");
        client.send(
                Frontend.parse("", sql),
                Frontend.bind("", "", values),
                Frontend.describePortal(""),
                Frontend.execute("", 0),
                Frontend.sync());
        return client.readUntilReady();
    }

    /** Between blank lines; the values of parameters stand behind the statement. */
    private static List<String> statements(String framework) throws IOException {
        try (InputStream in = RecordedTrafficIT.class.getResourceAsStream("/honest/" + framework + ".sql")) {
            String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return List.of(all.strip().split("\n\n+"));
        }
    }
}
