package io.sallyport.proxy.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.BackendKey;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything odd that can come before a session exists. */
@Timeout(60)
final class StartupTortureIT {
    private final TestServer server = TestServer.shared();
    private final TestProxy proxy = TestProxy.start(server.port(), "built-in", Map.of("timeouts.startup", "500ms"));

    @AfterEach
    void still_serves_and_stops() {
        try (WireClient next = proxy.login("alice", "postgres")) {
            assertThat(next.query("SELECT 1")).hasSize(4);
        }
        Awaitility.await().until(() -> proxy.sessions() == 0);
        proxy.close();
    }

    private void assertRefused(byte[]... packets) {
        try (WireClient client = WireClient.connect(proxy.port())) {
            client.send(packets);
            List<ServerMessage> answer = client.readUntil(ServerMessage.END);
            assertThat(answer).extracting(ServerMessage::type).doesNotContain('R', 'Z');
        }
    }

    private static byte[] startup() {
        return Frontend.startup(Frontend.PROTOCOL_3_0, "user", "alice", "database", "postgres");
    }

    @Test
    void bytes_behind_an_ssl_request_are_refused() {
        try (WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.sslRequest(), startup());
            assertThat(client.readByte()).isIn((int) 'E', -1);
        }
    }

    @Test
    void bytes_behind_a_gss_request_are_refused() {
        try (WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.gssEncRequest(), startup());
            assertThat(client.readByte()).isIn((int) 'E', -1);
        }
    }

    @Test
    void an_ssl_request_asked_again_and_again_does_not_hang() {
        try (WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.sslRequest());
            assertThat(client.readByte()).isEqualTo('N');
            client.send(Frontend.sslRequest());
            assertThat(client.readByte()).isIn((int) 'N', (int) 'E', -1);
        }
    }

    @Test
    void a_tls_hello_without_asking_is_refused() {
        assertRefused(new byte[] {0x16, 3, 1, 0, (byte) 0xa5, 1, 0, 0, (byte) 0xa1, 3, 3});
    }

    @Test
    void protocol_2_is_refused() {
        try (WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.startup(2 << 16, "user", "alice"));
            assertThat(client.readByte()).isEqualTo('E');
        }
    }

    @Test
    void silence_ends_in_the_login_timeout() {
        try (WireClient client = WireClient.connect(proxy.port())) {
            assertThat(client.readUntil(ServerMessage.END)).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void a_start_up_packet_that_never_ends_is_no_way_round_the_login_timeout() {
        try (WireClient client = WireClient.connect(proxy.port())) {
            client.send(new Body()
                    .int32(200)
                    .int32(Frontend.PROTOCOL_3_0)
                    .string("user")
                    .bytes());
            assertThat(client.readUntil(ServerMessage.END)).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void a_password_that_never_comes_is_no_way_round_the_login_timeout() {
        try (WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.startup(Frontend.PROTOCOL_3_0, "user", "by_scram", "database", "postgres"));
            assertThat(client.readUntil(ServerMessage.END).get(0).type()).isEqualTo('R');
        }
    }

    @Test
    void lengths_out_of_range_are_refused() {
        for (int length : new int[] {Integer.MIN_VALUE, -1, 0, 3, 4, 7, 10_005, Integer.MAX_VALUE}) {
            assertRefused(new Body().int32(length).int32(Frontend.PROTOCOL_3_0).bytes());
        }
    }

    @Test
    void a_cancel_request_with_an_unknown_key_is_closed_without_a_word() {
        try (WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.cancelRequest(new BackendKey(1, new byte[] {1, 2, 3, 4})));
            assertThat(client.readUntil(ServerMessage.END)).hasSize(1);
        }
    }

    @Test
    void a_query_instead_of_a_start_up_packet_is_refused() {
        assertRefused(Frontend.query("SELECT 1"));
    }

    @Test
    void a_query_instead_of_a_password_is_refused() {
        try (WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.startup(Frontend.PROTOCOL_3_0, "user", "by_cleartext", "database", "postgres"));
            assertThat(client.read().type()).isEqualTo('R');
            client.send(Frontend.query("SELECT 1"));
            assertThat(client.readUntil(ServerMessage.END))
                    .extracting(ServerMessage::type)
                    .doesNotContain('Z', 'T');
        }
    }
}
