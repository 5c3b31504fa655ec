package io.sallyport.proxy.it.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins are the server's to judge; the proxy hands question and answer over. */
final class AuthenticationIT {
    private static final TestServer SERVER = TestServer.shared();
    private static final TestProxy PROXY = TestProxy.start(SERVER, "built-in");

    @AfterAll
    static void stops_the_proxy() {
        PROXY.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "by_cleartext", "by_md5", "by_scram"})
    void the_right_password_logs_in_whole_and_byte_by_byte(String role) {
        for (int pieceBytes : new int[] {Integer.MAX_VALUE, 1}) {
            try (WireClient client = WireClient.connect(PROXY.port()).inPiecesOf(pieceBytes)) {
                client.login(role, "postgres", TestServer.PASSWORD);
                assertThat(Rows.of(client.query("SELECT current_user"))).containsExactly(List.of(role));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"by_cleartext", "by_md5", "by_scram"})
    void a_wrong_password_is_refused_in_the_servers_words(String role) {
        for (int port : new int[] {SERVER.port(), PROXY.port()}) {
            try (WireClient client = WireClient.connect(port)) {
                Assertions.assertThatThrownBy(() -> client.login(role, "postgres", "guess"))
                        .hasMessageContaining("28P01")
                        .hasMessageContaining("password authentication failed for user");
                assertThat(client.read().isEnd()).isTrue();
            }
        }
    }

    @Test
    void passwords_appear_neither_in_metrics_nor_in_the_audit() {
        try (TestProxy proxy = TestProxy.start(SERVER.port(), "built-in", Map.of("audit.every_statement", "true"));
                WireClient client = WireClient.connect(proxy.port())) {
            client.login("by_cleartext", "postgres", TestServer.PASSWORD);
            client.query("SELECT 'recorded'");
            Awaitility.await().until(() -> proxy.audited().toString().contains("recorded"));
            assertThat(proxy.audited().toString()).doesNotContain(TestServer.PASSWORD);
            assertThat(proxy.scrape()).doesNotContain(TestServer.PASSWORD);
        }
    }

    @Test
    void a_client_that_leaves_in_the_middle_of_a_login_leaves_nothing_behind() {
        try (WireClient client = WireClient.connect(PROXY.port())) {
            client.send(Frontend.startup(Frontend.PROTOCOL_3_0, "user", "by_scram", "database", "postgres"));
            ServerMessage request = client.read();
            assertThat(request.type()).isEqualTo('R');
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(SERVER.ask(
                                "postgres", "SELECT count(*) FROM pg_stat_activity WHERE usename = 'by_scram'"))
                        .isEqualTo("0"));
    }
}
