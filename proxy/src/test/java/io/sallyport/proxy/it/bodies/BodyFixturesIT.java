package io.sallyport.proxy.it.bodies;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fixtures of bodies are true only if a server takes them. */
@Timeout(120)
final class BodyFixturesIT {
    private static final Path FIXTURES = Path.of("../policies/src/test/resources/fixtures/bodies.txt");
    private static final String SYNTAX_ERROR = "42601";

    private static final String SCHEMA = """
            CREATE TABLE users (id int UNIQUE, name text, active bool); CREATE TABLE orders (id int, user_id int);
            CREATE TABLE archive (LIKE users); INSERT INTO users VALUES (1, 'a', true), (2, 'b', false);
            CREATE FUNCTION wipe(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
            CREATE PROCEDURE tidy(int) LANGUAGE sql AS '';
            """;

    private final TestServer server = TestServer.shared();

    @Test
    void server_reads_every_body_that_we_can_read() throws IOException {
        List<String> refused = new ArrayList<>();
        int read = 0;
        String database = server.freshDatabase();
        server.run(database, SCHEMA);
        try (WireClient client = WireClient.login(server.port(), "postgres", database)) {
            for (String line : Files.readAllLines(FIXTURES)) {
                int arrow = line.lastIndexOf(" ⇒ ");
                if (arrow < 0 || line.contains("unreadable") || serverHasNoSuchLanguage(line)) {
                    continue;
                }
                read++;
                String error = error(client, line.substring(0, arrow).replace('␤', '\n'));
                if (error.startsWith(SYNTAX_ERROR)) {
                    refused.add(error + " in " + line);
                }
            }
        }
        assertThat(refused).isEmpty();
        assertThat(read).isGreaterThan(100);
    }

    /** What a server makes of INTO, where ours has to follow it: the rows tell. */
    @Test
    void target_of_a_delete_may_stand_anywhere() {
        for (String delete : List.of(
                "DELETE INTO n FROM users RETURNING id",
                "DELETE FROM INTO n users RETURNING id",
                "DELETE FROM users RETURNING id INTO n")) {
            String database = server.freshDatabase();
            server.run(database, SCHEMA);
            server.run(
                    database,
                    "DO $$ DECLARE n int; BEGIN " + delete + "; EXCEPTION WHEN too_many_rows THEN NULL; END $$");
            server.run(database, "DELETE FROM users WHERE id = 2");
            server.run(database, "DO $$ DECLARE n int; BEGIN " + delete + "; END $$");
            assertThat(server.ask(database, "SELECT count(*) FROM users"))
                    .as(delete)
                    .isEqualTo("0");
        }
    }

    private static boolean serverHasNoSuchLanguage(String line) {
        return line.contains("plpython3u") || line.contains("LANGUAGE sql $$");
    }

    /** SQLSTATE and message, or nothing; whatever it did is rolled back. */
    private static String error(WireClient client, String sql) {
        client.query("BEGIN");
        List<ServerMessage> answer = client.query(sql);
        client.query("ROLLBACK");
        return answer.stream()
                .filter(message -> message.type() == 'E')
                .map(message -> message.field('C') + " " + message.field('M'))
                .findFirst()
                .orElse("");
    }
}
