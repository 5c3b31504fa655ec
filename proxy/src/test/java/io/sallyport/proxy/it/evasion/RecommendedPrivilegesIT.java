package io.sallyport.proxy.it.evasion;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the threat model advises works as it stands there, without any proxy. */
final class RecommendedPrivilegesIT {
    private final TestServer server = TestServer.shared();
    private final String database = server.freshDatabase();

    @BeforeEach
    void take_the_advice() throws IOException {
        server.run(
                database,
                "CREATE TABLE t (id serial, b text); INSERT INTO t (b) VALUES ('one'); SELECT lo_create(4711);"
                        + " CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM t; SELECT 1'");
        String page = Files.readString(Path.of("..", "docs", "threat-model.md"));
        int start = page.indexOf("```sql\n") + "```sql\n".length();
        server.run(
                database,
                page.substring(start, page.indexOf("```", start)).replace("DATABASE shop", "DATABASE " + database));
        server.run(database, "GRANT people TO alice");
    }

    @AfterEach
    void forget_it() {
        server.run(database, "DROP OWNED BY people; DROP ROLE people");
    }

    private String sqlState(String sql) {
        try (WireClient client = WireClient.login(server.port(), "alice", database)) {
            List<ServerMessage> answer = client.query(sql);
            return answer.stream()
                    .filter(message -> message.type() == 'E')
                    .map(ServerMessage::sqlState)
                    .findFirst()
                    .orElse("");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT f()",
                "TRUNCATE t",
                "DO 'BEGIN END'",
                "CREATE TABLE x (id int)",
                "CREATE TEMPORARY TABLE x (id int)",
                "CREATE SCHEMA x",
                "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                "CREATE RULE r AS ON INSERT TO t DO ALSO DELETE FROM t",
                "SELECT setval('t_id_seq', 1)",
                "SELECT lo_unlink(4711)",
                "SELECT lo_put(4711, 0, 'x')",
                "SELECT query_to_xml('SELECT 1', true, true, '')",
                "SELECT ts_stat('SELECT ''a''::tsvector')",
                "SELECT pg_terminate_backend(0)"
            })
    void people_cannot(String sql) {
        assertThat(sqlState(sql)).isEqualTo("42501");
    }

    @Test
    void people_can_work() {
        assertThat(sqlState("INSERT INTO t (b) VALUES ('two'); UPDATE t SET b = upper(b) WHERE id = 1;"
                        + " DELETE FROM t WHERE id = 2; SELECT count(*), max(b) FROM t"))
                .isEmpty();
    }
}
