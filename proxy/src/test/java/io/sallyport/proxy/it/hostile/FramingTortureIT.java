package io.sallyport.proxy.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.relay.DirectMemory;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.SendFailed;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths that lie, types that do not exist, noise. */
@Timeout(120)
final class FramingTortureIT {
    private static final long KEPT_AT_MOST = 16L << 20;

    private final TestServer server = TestServer.shared();
    private final TestProxy proxy = TestProxy.start(
            server.port(), "deny", Map.of("limits.message_bytes", "1MiB", "limits.batch_bytes", "2MiB"));

    @AfterEach
    void still_serves_and_stops() {
        try (WireClient next = proxy.login("alice", "postgres")) {
            assertThat(next.query("SELECT 1")).hasSize(4);
        }
        Awaitility.await().until(() -> proxy.sessions() == 0);
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(chars = {'Q', 'P', 'B', 'D', 'E', 'C', 'S', 'H', 'F', 'd', 'c', 'f', 'X', 'p', 'z', '\0'})
    void a_length_out_of_range_ends_the_session_without_taking_memory(char type) {
        for (int length : new int[] {Integer.MIN_VALUE, -1, 0, 3, 0x40000000, Integer.MAX_VALUE}) {
            long before = DirectMemory.usedBytes();
            try (WireClient client = proxy.login("alice", "postgres")) {
                client.send(new Body().int8(type).int32(length).bytes());
                List<ServerMessage> answer = client.readUntil(ServerMessage.END);
                assertThat(answer).extracting(ServerMessage::type).doesNotContain('Z');
            }
            assertThat(DirectMemory.usedBytes() - before).isLessThan(KEPT_AT_MOST);
        }
    }

    @ParameterizedTest
    @ValueSource(chars = {'S', 'H', 'D', 'E', 'C', 'X', 'c', 'f'})
    void a_small_message_longer_than_the_server_allows_ends_the_session(char type) {
        try (WireClient client = proxy.login("alice", "postgres")) {
            client.send(new Body().int8(type).int32(10_001).bytes());
            assertThat(client.readUntil(ServerMessage.END))
                    .extracting(ServerMessage::type)
                    .doesNotContain('Z');
        }
    }

    @Test
    void a_query_over_the_limit_is_refused_with_a_reason() {
        try (WireClient client = proxy.login("alice", "postgres")) {
            String reason = sendAndReadReason(client, Frontend.query("SELECT '" + "x".repeat(3 << 20) + "'"));
            assertThat(reason).isIn("54000", "53400", "08P01");
        }
    }

    /** The reason may be followed by a close while the rest is still being written. */
    private static String sendAndReadReason(WireClient client, byte[] message) {
        try {
            client.send(message);
        } catch (SendFailed closed) {
            assertThat(closed).hasCauseInstanceOf(IOException.class);
        }
        ServerMessage answer = client.read();
        return answer.type() == 'E' ? answer.sqlState() : answer.toString();
    }

    @Test
    void a_bind_of_900_kilobytes_arrives_whole() {
        try (WireClient client = proxy.login("alice", "postgres")) {
            String value = "v".repeat(900_000);
            client.send(
                    Frontend.parse("", "SELECT md5($1) = md5(repeat('v', 900000)), length($1)"),
                    Frontend.bind("", "", value),
                    Frontend.execute("", 0),
                    Frontend.sync());
            assertThat(client.readUntilReady())
                    .extracting(ServerMessage::toString)
                    .anyMatch(row -> row.contains("t") && row.contains("900000"));
        }
    }

    @Test
    void noise_ends_in_an_error_or_a_close_and_harms_nobody_else() {
        Random random = new Random(20261121);
        String database = server.freshDatabase();
        server.run(database, "CREATE TABLE t AS SELECT 1 AS i; GRANT ALL ON t TO PUBLIC");
        try (WireClient bystander = proxy.login("bob", database)) {
            for (int round = 0; round < 150; round++) {
                byte[] noise = new byte[1 + random.nextInt(400)];
                random.nextBytes(noise);
                try (WireClient client = WireClient.connect(proxy.port())) {
                    if (round % 2 == 0) {
                        client.login("alice", database, "");
                        // Every other round looks like a message at first.
                        noise = new Body()
                                .int8("QPBDECSHFdcf".charAt(random.nextInt(12)))
                                .int32(random.nextInt(500))
                                .raw(noise)
                                .bytes();
                    }
                    sendAll(client, noise);
                }
            }
            assertThat(bystander.query("SELECT 1")).hasSize(4);
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("1");
    }

    private static void sendAll(WireClient client, byte[] noise) {
        try {
            client.send(noise);
            client.finish();
            client.readUntil(ServerMessage.END);
        } catch (SendFailed closed) {
            assertThat(closed).hasCauseInstanceOf(IOException.class);
        }
    }
}
