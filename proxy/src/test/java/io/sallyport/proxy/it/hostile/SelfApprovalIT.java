package io.sallyport.proxy.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One role under two spellings is still one person: the server cuts names in the start-up packet at 63 bytes. */
@Timeout(60)
final class SelfApprovalIT {
    private static final String ROLE = "long_" + "x".repeat(58);

    private static final String DATABASE = "self_" + "y".repeat(58);

    private static final TestServer SERVER = TestServer.shared();

    @BeforeAll
    static void makes_names_of_63_bytes() {
        SERVER.run("postgres", "CREATE ROLE " + ROLE + " LOGIN");
        SERVER.run("postgres", "CREATE DATABASE " + DATABASE);
        SERVER.run(DATABASE, "CREATE TABLE t AS SELECT 1 AS i; GRANT ALL ON t TO PUBLIC");
    }

    private static List<ServerMessage> login(TestProxy proxy, String user, String database) {
        try (WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.startup(Frontend.PROTOCOL_3_0, "user", user, "database", database));
            return client.readUntil(ServerMessage.END);
        }
    }

    @Test
    void the_server_itself_takes_the_longer_name_for_the_same_role() {
        try (WireClient direct = WireClient.login(SERVER.port(), ROLE + "z", DATABASE + "z")) {
            assertThat(Rows.of(direct.query("SELECT session_user, current_database()")))
                    .containsExactly(List.of(ROLE, DATABASE));
        }
    }

    @Test
    void a_role_name_of_64_bytes_is_refused_at_start_up() {
        try (TestProxy proxy = TestProxy.start(SERVER, "built-in")) {
            List<ServerMessage> answer = login(proxy, ROLE + "z", DATABASE);
            assertThat(answer).extracting(ServerMessage::type).containsExactly('E', ServerMessage.END);
            assertThat(answer.get(0).field('S')).isEqualTo("FATAL");
            assertThat(answer.get(0).sqlState()).isEqualTo("22023");
            assertThat(answer.get(0).field('M')).contains("63 bytes");
        }
    }

    @Test
    void a_database_name_of_64_bytes_is_refused_at_start_up() {
        try (TestProxy proxy = TestProxy.start(SERVER, "built-in")) {
            assertThat(login(proxy, "alice", DATABASE + "z").get(0).sqlState()).isEqualTo("22023");
        }
    }

    @Test
    void bytes_count_and_not_characters() {
        try (TestProxy proxy = TestProxy.start(SERVER, "built-in")) {
            assertThat(login(proxy, "é".repeat(32), DATABASE).get(0).sqlState()).isEqualTo("22023");
        }
    }

    @Test
    void a_role_of_63_bytes_has_its_statement_held_and_cannot_approve_it() {
        try (TestProxy proxy = TestProxy.start(SERVER, "built-in");
                WireClient client = proxy.login(ROLE, DATABASE);
                Approver self = new Approver(proxy, ROLE, DATABASE)) {
            client.send(Frontend.query("DELETE FROM t"));
            String code = Approver.code(client.readUntil('N').get(0));
            assertThat(self.approve(code)).isFalse();
            assertThat(SERVER.ask(DATABASE, "SELECT count(*) FROM t")).isEqualTo("1");
        }
    }
}
