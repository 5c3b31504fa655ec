package io.sallyport.proxy.it.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A load balancer in front says who the client is; nobody else may. */
@Timeout(60)
final class ProxyProtocolIT {
    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;

    private final TestServer server = TestServer.shared();

    private TestProxy proxy(String from) {
        return TestProxy.start(
                server.port(),
                "built-in",
                Map.of(
                        "proxy_protocol", "v2",
                        "proxy_protocol_from", from,
                        "limits.connections_per_address", "1",
                        "timeouts.startup", "3s"));
    }

    private static byte[] header(int command, int family, byte[] addresses) {
        return new Body()
                .raw(SIGNATURE)
                .int8(command)
                .int8(family)
                .int16(addresses.length)
                .raw(addresses)
                .bytes();
    }

    private static byte[] from(int lastByte) {
        return new Body()
                .raw(new byte[] {10, 1, 2, (byte) lastByte, 10, 0, 0, 1})
                .int16(50123)
                .int16(5432)
                .raw(new byte[] {4, 0, 1, 'x'})
                .bytes();
    }

    private static byte[] startup() {
        return Frontend.startup(Frontend.PROTOCOL_3_0, "user", "alice", "database", "postgres");
    }

    private static void login(WireClient client, byte[] header) {
        client.send(header, startup());
        client.authenticate("alice", "");
        assertThat(client.query("SELECT 1")).hasSize(4);
    }

    @Test
    void the_announced_address_counts_in_audit_and_limits() {
        try (TestProxy proxy = proxy("127.0.0.0/8");
                WireClient one = WireClient.connect(proxy.port()).inPiecesOf(3);
                WireClient two = WireClient.connect(proxy.port());
                WireClient three = WireClient.connect(proxy.port())) {
            login(one, header(PROXY, 0x11, from(1)));
            login(two, header(PROXY, 0x11, from(2)));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(proxy.audited())
                            .anyMatch(line -> line.contains("10.1.2.1:50123"))
                            .anyMatch(line -> line.contains("10.1.2.2:50123")));
            three.send(header(PROXY, 0x11, from(2)), startup());
            assertThat(three.read().field('M')).contains("too many connections from 10.1.2.2");
        }
    }

    @Test
    void a_balancers_own_connection_keeps_its_address_and_ipv6_is_read() {
        byte[] six = new byte[36];
        six[15] = 7;
        try (TestProxy proxy = proxy("127.0.0.1");
                WireClient own = WireClient.connect(proxy.port());
                WireClient modern = WireClient.connect(proxy.port())) {
            login(own, header(LOCAL, 0, new byte[0]));
            login(modern, header(PROXY, 0x21, six));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(proxy.audited())
                            .anyMatch(line -> line.contains("127.0.0.1:" + own.localPort()))
                            .anyMatch(line -> line.contains("0:0:0:0:0:0:0:7:0")));
        }
    }

    @Test
    void rules_see_the_announced_address() {
        try (TestProxy proxy = TestProxy.start(
                        server.port(),
                        "by-client",
                        Map.of("proxy_protocol", "v2", "proxy_protocol_from", "127.0.0.1"));
                WireClient there = WireClient.connect(proxy.port());
                WireClient own = WireClient.connect(proxy.port())) {
            login(there, header(PROXY, 0x11, from(1)));
            login(own, header(LOCAL, 0, new byte[0]));
            there.send(Frontend.query("DELETE FROM nowhere"));
            assertThat(there.read().sqlState()).isEqualTo("42501");
            own.send(Frontend.query("DELETE FROM nowhere"));
            assertThat(own.read().sqlState()).isEqualTo("42P01");
        }
    }

    private static void assertClosed(TestProxy proxy, byte[]... packets) {
        try (WireClient client = WireClient.connect(proxy.port())) {
            client.send(packets);
            assertThat(client.readUntil(ServerMessage.END))
                    .extracting(ServerMessage::type)
                    .doesNotContain('R', 'Z');
        }
    }

    @Test
    void a_balancer_without_a_good_header_is_closed() {
        try (TestProxy proxy = proxy("127.0.0.1")) {
            assertClosed(proxy, startup());
            assertClosed(
                    proxy, "PROXY TCP4 10.1.2.3 10.0.0.1 1 2\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertClosed(proxy, header(0x31, 0x11, from(1)), startup());
            assertClosed(proxy, header(PROXY, 0x12, from(1)), startup());
            assertClosed(proxy, header(PROXY, 0x11, new byte[11]), startup());
            assertClosed(proxy, header(PROXY, 0x11, new byte[5000]), startup());
            assertClosed(proxy, SIGNATURE);
            assertThat(proxy.scrape()).contains("sallyport_connections_refused_total{reason=\"proxy_header\"} 7.0");
            assertThat(proxy.sessions()).isZero();
        }
    }

    @Test
    void a_header_from_anybody_else_is_closed_and_they_are_taken_as_they_are_without() {
        try (TestProxy proxy = proxy("10.0.0.0/8");
                WireClient client = WireClient.connect(proxy.port())) {
            assertClosed(proxy, header(PROXY, 0x11, from(1)), startup());
            Awaitility.await().until(() -> proxy.sessions() == 1);
            login(client, new byte[0]);
        }
    }
}
