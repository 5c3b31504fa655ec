package io.sallyport.proxy.it.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.Policy;
import io.sallyport.proxy.it.server.OlderBinaries;
import io.sallyport.proxy.it.server.TestPolicies;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command tags of a real server are those that the self-check expects: whatever is judged right raises no alarm. */
@Timeout(300)
final class SelfCheckIT {
    private static final Policy EVERYTHING = TestPolicies.of(
            "version: 1\nrules:\n  - {name: everybody, when: {user: \"*\"}, then: allow}\n", "everything.yaml");

    private final TestServer server = TestServer.shared();

    static Stream<Integer> majors() {
        return OlderBinaries.majors().stream();
    }

    /** A statement a line; one that begins with `?` may fail, on some version or for want of a setting. */
    private static List<String> statements() {
        try (InputStream in =
                Objects.requireNonNull(SelfCheckIT.class.getResourceAsStream("/selfcheck/statements.sql"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("--"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(TestServer server, boolean extended) {
        String database = server.freshDatabase();
        try (TestProxy proxy = TestProxy.start(server.port(), EVERYTHING, Map.of());
                WireClient client = proxy.login("postgres", database)) {
            for (String line : statements()) {
                boolean mayFail = line.startsWith("?");
                String sql = (mayFail ? line.substring(1).strip() : line).replace("it_database", database);
                List<ServerMessage> answer = extended ? extended(client, sql) : client.query(sql);
                if (!mayFail) {
                    assertThat(answer).as(sql).noneMatch(message -> message.type() == 'E');
                }
            }
            assertThat(proxy.scrape()).contains("sallyport_selfcheck_mismatches_total 0.0");
        }
        for (String left : List.of("selfcheck_user", "selfcheck_role")) {
            server.run("postgres", "DROP ROLE IF EXISTS " + left);
        }
    }

    private static List<ServerMessage> extended(WireClient client, String sql) {
        client.send(
                Frontend.parse("", sql),
                Frontend.bind("", ""),
                Frontend.describePortal(""),
                Frontend.execute("", 0),
                Frontend.sync());
        return client.readUntilReady();
    }

    @Test
    void every_kind_of_statement_has_the_tag_that_is_expected() {
        run(server, false);
        run(server, true);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void older_servers_say_the_same(int major) {
        try (TestServer older = TestServer.start(OlderBinaries.of(major))) {
            run(older, false);
            run(older, true);
        }
    }

    @Test
    void a_string_of_many_statements_is_followed_one_by_one() {
        String database = server.freshDatabase();
        try (TestProxy proxy = TestProxy.start(server.port(), EVERYTHING, Map.of());
                WireClient client = proxy.login("postgres", database)) {
            List<ServerMessage> answer = client.query(";; CREATE TABLE t (i int);; INSERT INTO t VALUES (1), (2);"
                    + " /* nothing; */ SELECT * FROM t; -- ;\n DELETE FROM t WHERE i = 1; PREPARE p AS UPDATE t SET i = 3;"
                    + " EXECUTE p; SELECT 1 WHERE false; COMMIT; DROP TABLE t; ");
            assertThat(answer.stream().filter(message -> message.type() == 'C').map(ServerMessage::commandTag))
                    .containsExactly(
                            "CREATE TABLE",
                            "INSERT 0 2",
                            "SELECT 2",
                            "DELETE 1",
                            "PREPARE",
                            "UPDATE 1",
                            "SELECT 0",
                            "COMMIT",
                            "DROP TABLE");
            assertThat(proxy.scrape()).contains("sallyport_selfcheck_mismatches_total 0.0");
        }
    }

    @Test
    void copy_data_goes_in_as_ever() {
        String database = server.freshDatabase();
        server.run(database, "CREATE TABLE t (i int)");
        try (TestProxy proxy = TestProxy.start(server.port(), EVERYTHING, Map.of());
                WireClient client = proxy.login("postgres", database)) {
            client.send(
                    Frontend.query("COPY t FROM STDIN; SELECT count(*) FROM t"),
                    Frontend.copyData("1\n2\n".getBytes(StandardCharsets.UTF_8)),
                    Frontend.copyDone());
            assertThat(client.readUntilReady().stream()
                            .filter(message -> message.type() == 'C')
                            .map(ServerMessage::commandTag))
                    .containsExactly("COPY 2", "SELECT 1");
        }
    }

    /** The namespace of portals is that of cursors too. */
    @Test
    void portals_and_cursors_are_taken_up_as_they_were() {
        String database = server.freshDatabase();
        try (TestProxy proxy = TestProxy.start(server.port(), EVERYTHING, Map.of());
                WireClient client = proxy.login("postgres", database)) {
            client.query("BEGIN");
            client.query("DECLARE c CURSOR WITH HOLD FOR SELECT generate_series(1, 9)");
            client.send(Frontend.execute("c", 2), Frontend.sync());
            client.readUntilReady();
            client.send(
                    Frontend.parse("s", "SELECT generate_series(1, 9)"),
                    Frontend.bind("p", "s"),
                    Frontend.execute("p", 2),
                    Frontend.sync());
            client.readUntilReady();
            client.query("FETCH 2 FROM p");
            client.query("MOVE 1 FROM p");
            client.send(Frontend.execute("p", 0), Frontend.sync());
            assertThat(client.readUntilReady()).anyMatch(message -> message.type() == 'C');
            client.send(
                    Frontend.parse("d", "DELETE FROM pg_class WHERE false"), Frontend.bind("c", "d"), Frontend.sync());
            assertThat(client.readUntilReady().get(1).type()).isEqualTo('E');
            client.query("ROLLBACK");
            client.query("BEGIN");
            client.send(Frontend.bind("p", "d"), Frontend.execute("p", 0), Frontend.sync());
            assertThat(client.readUntilReady().get(1).commandTag()).isEqualTo("DELETE 0");
            assertThat(proxy.scrape()).contains("sallyport_selfcheck_mismatches_total 0.0");
        }
    }

    @Test
    void a_walsender_has_commands_of_its_own() {
        try (TestProxy proxy = TestProxy.start(
                        server.port(),
                        TestPolicies.of(
                                "version: 1\nrules:\n  - {name: r, when: {kind: [replication, show]}, then: allow}\n",
                                "replication.yaml"),
                        Map.of());
                WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.startup(
                    Frontend.PROTOCOL_3_0, "user", "postgres", "database", "postgres", "replication", "database"));
            client.authenticate("postgres", "");
            assertThat(client.query("IDENTIFY_SYSTEM")).anyMatch(message -> message.type() == 'C');
            assertThat(client.query("SHOW work_mem")).anyMatch(message -> message.type() == 'C');
            assertThat(client.query("SELECT 1")).anyMatch(message -> message.type() == 'C');
        }
    }
}
