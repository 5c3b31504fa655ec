package io.sallyport.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.sallyport.proxy.config.ConfigException;
import io.sallyport.proxy.config.ConfigReader;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.tls.Reloading;
import io.sallyport.proxy.tls.ServerTls;
import io.sallyport.proxy.tls.TlsProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a hostile or an old server answers to SSLRequest. */
class UpstreamNegotiationTest {
    private final ProxyMetrics metrics = new ProxyMetrics();
    private final List<String> failures = new ArrayList<>();
    private int ready;

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void one_byte_s_begins_the_handshake_and_nothing_else_does() throws Exception {
        EmbeddedChannel server = asked("require");
        receive(server, "S");
        assertThat(server.pipeline().get(SslHandler.class)).isNotNull();
        assertThat(failures).isEmpty();
        assertThat(ready).isZero();
        server.finishAndReleaseAll();
    }

    @Test
    void bytes_behind_the_answer_and_other_answers_are_refused_and_not_shown() throws Exception {
        for (String answer : List.of("SE", "NE", "EEE SFATAL Msecret", "x")) {
            failures.clear();
            EmbeddedChannel server = asked("prefer");
            receive(server, answer);
            assertThat(failures).containsExactly("the server's answer to SSLRequest is neither S nor N alone");
            assertThat(server.isOpen()).isFalse();
            assertThat(server.pipeline().get(SslHandler.class)).isNull();
            server.finishAndReleaseAll();
        }
        assertThat(ready).isZero();
    }

    @Test
    void a_server_that_declines_will_do_only_where_tls_is_preferred() throws Exception {
        EmbeddedChannel preferred = asked("prefer");
        receive(preferred, "N");
        assertThat(ready).isEqualTo(1);
        preferred.finishAndReleaseAll();
        assertThat(failures).isEmpty();
        EmbeddedChannel required = asked("require");
        receive(required, "N");
        assertThat(failures).containsExactly("the server does not speak TLS, and upstream_tls.mode demands it");
        assertThat(required.isOpen()).isFalse();
        required.finishAndReleaseAll();
        assertThat(ready).isEqualTo(1);
    }

    @Test
    void a_server_that_closes_has_failed_once() throws Exception {
        EmbeddedChannel server = asked("require");
        server.close();
        server.finishAndReleaseAll();
        assertThat(failures).containsExactly("the server closed the connection before TLS was agreed on");
    }

    /** Compose files are full of such names; SNI takes none of them. */
    @Test
    void a_host_whose_name_is_none_of_dns_is_spoken_to_all_the_same() throws Exception {
        EmbeddedChannel server = asked("require", "main_db:5432");
        receive(server, "S");
        assertThat(server.pipeline().get(SslHandler.class)).isNotNull();
        assertThat(failures).isEmpty();
        server.finishAndReleaseAll();
    }

    private EmbeddedChannel asked(String mode) throws ConfigException, TlsProblem {
        return asked(mode, "db1:5432");
    }

    private EmbeddedChannel asked(String mode, String upstream) throws ConfigException, TlsProblem {
        ProxyConfig config = ConfigReader.read(null, Map.of(), Map.of("upstream", upstream, "upstream_tls.mode", mode));
        Reloading<ServerTls> state =
                Objects.requireNonNull(ServerTls.start(config.tls().upstream()));
        EmbeddedChannel server = new EmbeddedChannel(
                new UpstreamEncryption(config, state, metrics.tls()).negotiation(channel -> ready++, failures::add));
        ByteBuf request = server.readOutbound();
        assertThat(request.readLong()).isEqualTo((8L << 32) + 80877103);
        request.release();
        return server;
    }

    private static void receive(EmbeddedChannel server, String bytes) {
        server.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
    }
}
