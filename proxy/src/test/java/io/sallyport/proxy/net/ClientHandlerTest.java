package io.sallyport.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.sallyport.protocol.frontend.FrameLimits;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.it.wire.BackendKey;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Server;
import io.sallyport.proxy.session.fakes.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientHandlerTest {
    private static final byte[] STARTUP = Frontend.startup(Frontend.PROTOCOL_3_0, "user", "alice", "database", "shop");

    private final Stage stage = new Stage();
    private final FakeSession alice = new FakeSession(stage);
    private int lookups;
    private final CancelRequests cancels = new CancelRequests(
            stage.directory,
            new UpstreamSockets(
                    ProxyConfig.defaults(new HostAndPort("db.invalid", 1)), Transport.NIO, this::lookUp, null));
    private final EmbeddedChannel channel = open(alice);

    @AfterEach
    void everything_is_given_back() {
        channel.finishAndReleaseAll();
        alice.session.clientGone();
        stage.loop.runTasks();
        stage.close();
        assertThat(stage.leaked()).isZero();
    }

    @Test
    void a_start_up_packet_in_any_fragments_asks_for_one_server() {
        for (byte b : STARTUP) {
            assertThat(alice.connects()).isZero();
            receive(new byte[] {b});
        }
        assertThat(alice.connects()).isEqualTo(1);
        alice.connect();
        assertThat(alice.upstream.takeBytes()).isEqualTo(STARTUP);
    }

    @Test
    void a_query_in_the_same_write_is_served_when_the_server_is_ready() {
        receive(Frontend.join(STARTUP, Frontend.query("SELECT 1")));
        alice.connect();
        assertThat(alice.upstream.takeBytes()).isEqualTo(STARTUP);
        alice.server(Server.AUTHENTICATION_OK, Server.ready('I'));
        assertThat(alice.toServer()).containsExactly("Q SELECT 1");
    }

    @Test
    void encryption_is_declined_and_the_client_may_go_on_without() {
        receive(Frontend.gssEncRequest());
        assertThat(answer()).isEqualTo("N");
        receive(Frontend.sslRequest());
        assertThat(answer()).isEqualTo("N");
        receive(STARTUP);
        assertThat(alice.connects()).isEqualTo(1);
    }

    /** CVE-2021-23214: what came before our answer was not meant for a plain session. */
    @Test
    void bytes_that_follow_an_encryption_request_early_are_refused_and_reach_nobody() {
        for (byte[] early : List.of(STARTUP, Frontend.query("SELECT 1"), new byte[1], Frontend.sslRequest())) {
            FakeSession other = new FakeSession(stage);
            EmbeddedChannel socket = open(other);
            receive(socket, Frontend.join(Frontend.sslRequest(), early));
            assertThat(other.toClient())
                    .containsExactly("E 08P01 received unencrypted data after SSL or GSSAPI encryption request");
            assertThat(other.client.closed()).isTrue();
            assertThat(other.connects()).isZero();
            socket.finishAndReleaseAll();
        }
    }

    @Test
    void what_is_no_start_up_packet_closes_the_connection() {
        for (byte[] garbage : List.of(
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                new byte[] {0, 0, 0, 7},
                new byte[] {0, 0, 0x27, 0x15},
                new byte[] {-1, -1, -1, -1},
                new byte[] {0x16, 3, 1, 2})) {
            FakeSession other = new FakeSession(stage);
            EmbeddedChannel socket = open(other);
            receive(socket, garbage);
            assertThat(other.client.closed()).isTrue();
            receive(socket, STARTUP);
            assertThat(other.connects()).as("nothing behind it is read").isZero();
            socket.finishAndReleaseAll();
        }
    }

    @Test
    void nothing_behind_a_broken_message_is_read() {
        logIn();
        receive(Frontend.join(new byte[] {'z', 0, 0, 0, 4}, Frontend.query("SELECT 1")));
        receive(Frontend.query("SELECT 2"));
        assertThat(alice.toServer()).isEmpty();
        assertThat(alice.toClient()).containsExactly("E 08P01 invalid frontend message type 122");
    }

    /** Else whoever reaches the port could fill the memory, a message of 64 MB a connection. */
    @Test
    void a_large_message_is_refused_until_the_client_is_let_in() {
        receive(STARTUP);
        alice.connect();
        receive(new byte[] {'Q', 0, 2, 0, 0});
        assertThat(alice.toClient()).singleElement().asString().startsWith("E 54000");
        assertThat(alice.client.closed()).isTrue();
        FakeSession other = new FakeSession(stage);
        EmbeddedChannel socket = open(other);
        receive(socket, STARTUP);
        other.connect();
        other.server(Server.AUTHENTICATION_OK, Server.key(4711, 1), Server.ready('I'));
        receive(socket, new byte[] {'Q', 0, 2, 0, 0});
        assertThat(other.client.closed()).isFalse();
        socket.finishAndReleaseAll();
    }

    @Test
    void the_end_of_what_the_client_sends_is_passed_on() {
        logIn();
        receive(Frontend.query("SELECT 1"));
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
        assertThat(alice.toServer()).containsExactly("Q SELECT 1");
        assertThat(alice.upstream.finished()).isTrue();
    }

    @Test
    void a_socket_that_closes_ends_the_session_in_mid_message() {
        logIn();
        receive(new byte[] {'Q', 0, 0, 1, 0, 'S'});
        channel.close();
        assertThat(alice.upstream.closed()).isTrue();
    }

    @Test
    void a_cancel_request_for_a_hold_withdraws_it_and_goes_nowhere_else() {
        logIn();
        receive(Frontend.query("DELETE FROM users WHERE id = 1"));
        EmbeddedChannel cancelling = open(new FakeSession(stage));
        receive(cancelling, Frontend.cancelRequest(new BackendKey(4711, new byte[] {0, 0, 0, 1})));
        stage.loop.runTasks();
        cancelling.runPendingTasks();
        assertThat(stage.ended).singleElement().isInstanceOf(Resolution.Withdrawn.class);
        assertThat(lookups).isZero();
        assertThat(cancelling.isOpen()).isFalse();
    }

    @Test
    void a_cancel_request_with_a_wrong_key_touches_no_hold_and_is_meant_for_the_server() {
        logIn();
        receive(Frontend.query("DELETE FROM users WHERE id = 1"));
        EmbeddedChannel cancelling = open(new FakeSession(stage));
        byte[] wrong = Frontend.cancelRequest(new BackendKey(4711, new byte[] {0, 0, 0, 2}));
        receive(cancelling, wrong);
        assertThat(stage.ended).isEmpty();
        assertThat(lookups).as("the server is asked for").isEqualTo(1);
        assertThat(cancelling.isOpen()).as("it could not be").isFalse();
    }

    private void lookUp(Runnable task) {
        lookups++;
        throw new RejectedExecutionException("no server in this test");
    }

    private EmbeddedChannel open(FakeSession fake) {
        EmbeddedChannel socket = new EmbeddedChannel();
        socket.config().setAllocator(stage.allocator);
        socket.pipeline()
                .addLast(new ClientHandler(
                        new FrameLimits(1 << 20), opened -> fake.session, cancels, ClientEncryption.NONE));
        socket.pipeline().fireChannelActive();
        return socket;
    }

    private void logIn() {
        receive(STARTUP);
        alice.connect();
        alice.server(Server.AUTHENTICATION_OK, Server.key(4711, 1), Server.ready('I'));
        alice.client.takeBytes();
        alice.upstream.takeBytes();
    }

    private void receive(byte[] bytes) {
        receive(channel, bytes);
    }

    private void receive(EmbeddedChannel socket, byte[] bytes) {
        socket.writeInbound(stage.allocator.buffer(bytes.length).writeBytes(bytes));
        stage.loop.runTasks();
    }

    private String answer() {
        ByteBuf out = channel.readOutbound();
        try {
            return out.toString(StandardCharsets.US_ASCII);
        } finally {
            out.release();
        }
    }
}
