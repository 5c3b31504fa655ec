package io.sallyport.proxy.it.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that are not quite PostgreSQL. */
@Timeout(60)
final class OddServerIT {
    private static final byte[] READY = new Body().int8('I').message('Z');

    private static List<ServerMessage> ask(byte[] answer) throws IOException {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.plainLogin(), answer);
                TestProxy proxy = TestProxy.start(server.port(), "built-in", Map.of());
                WireClient client = proxy.login("alice", "any")) {
            client.send(Frontend.query("SELECT 1"));
            List<ServerMessage> messages = client.readUntilReady();
            client.send(Frontend.terminate());
            return messages;
        }
    }

    @Test
    void a_message_type_from_the_future_is_forwarded() throws IOException {
        byte[] unknown = new Body().raw("from the future".getBytes(UTF_8)).message('y');
        List<ServerMessage> messages = ask(Frontend.join(unknown, READY));
        assertThat(messages).extracting(ServerMessage::type).containsExactly('y', 'Z');
        assertThat(messages.get(0).body()).asString(UTF_8).isEqualTo("from the future");
    }

    @Test
    void an_error_without_sqlstate_is_forwarded() throws IOException {
        byte[] error = new Body().int8('M').string("no code").int8(0).message('E');
        List<ServerMessage> messages = ask(Frontend.join(error, READY));
        assertThat(messages).extracting(ServerMessage::type).containsExactly('E', 'Z');
        assertThat(messages.get(0).field('M')).isEqualTo("no code");
    }

    @Test
    void a_server_that_speaks_http_ends_the_login() throws IOException {
        byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8);
        try (ScriptedServer server = new ScriptedServer(http, READY);
                TestProxy proxy = TestProxy.start(server.port(), "built-in", Map.of("timeouts.startup", "1s"));
                WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.startup(Frontend.PROTOCOL_3_0, "user", "alice", "database", "any"));
            int bytes = 0;
            while (client.readByte() >= 0) {
                bytes++;
            }
            // Whatever of it was shown, the connection ends, and soon.
            assertThat(bytes).isLessThan(1000);
        }
    }
}
