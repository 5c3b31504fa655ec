package io.sallyport.proxy.net;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.config.TlsMode;
import io.sallyport.proxy.metrics.TlsMetrics;
import io.sallyport.proxy.session.LegSecurity;
import io.sallyport.proxy.tls.ClientTls;
import io.sallyport.proxy.tls.Reloading;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** TLS between clients and the proxy: begins it, and says who may come in over what. */
final class ClientEncryption {
    static final ClientEncryption NONE = new ClientEncryption(TlsMode.OFF, 0, null, () -> {});
    static final String PROTOCOL = "postgresql";

    /** A TLS record of a handshake begins so (RFC 8446, 5.1); as the length of a start-up packet it is far too large. */
    private static final int HANDSHAKE_RECORD = 0x16;

    /** What this connection began with: files may change meanwhile. */
    private static final AttributeKey<ClientTls> OFFERED = AttributeKey.valueOf(ClientEncryption.class, "offered");

    private final TlsMode mode;
    private final long handshakeMillis;
    private final @Nullable Reloading<ClientTls> offers;
    private final Runnable failures;

    private ClientEncryption(
            TlsMode mode, long handshakeMillis, @Nullable Reloading<ClientTls> offers, Runnable failures) {
        this.failures = failures;
        this.mode = mode;
        this.handshakeMillis = handshakeMillis;
        this.offers = offers;
    }

    static ClientEncryption of(ProxyConfig config, @Nullable Reloading<ClientTls> offers, TlsMetrics metrics) {
        return new ClientEncryption(
                config.tls().client().mode(),
                config.timeouts().startup().toMillis(),
                offers,
                metrics::clientHandshakeFailed);
    }

    /** Whether these first bytes of a connection are a TLS handshake that is wanted here. */
    boolean direct(int firstByte) {
        return offers != null && firstByte == HANDSHAKE_RECORD;
    }

    boolean offered() {
        return offers != null;
    }

    void handshakeFailed() {
        failures.run();
    }

    /** Everything from now on is TLS; nothing received before may be left anywhere. */
    void begin(Channel client) {
        Reloading<ClientTls> state = offers;
        if (state == null) {
            throw new IllegalStateException("TLS is off");
        }
        ClientTls offer = state.current();
        client.attr(OFFERED).set(offer);
        SslHandler handler = offer.context().newHandler(client.alloc());
        handler.setHandshakeTimeout(handshakeMillis, TimeUnit.MILLISECONDS);
        client.pipeline().addFirst(handler);
    }

    /** Whether a session may begin over this connection; @return why not, or null. */
    @Nullable
    ErrorResponse refusal(Channel client) {
        return mode != TlsMode.REQUIRE || client.pipeline().get(SslHandler.class) != null
                ? null
                : ErrorResponse.fatal(SqlState.INVALID_AUTHORIZATION, "this proxy takes connections over TLS only")
                        .withHint("Connect with sslmode=require.");
    }

    static boolean permits(Channel client, String role) {
        SslHandler handler = client.pipeline().get(SslHandler.class);
        X509Certificate certificate = handler == null ? null : Certificates.ofPeer(handler);
        return certificate == null || client.attr(OFFERED).get().roles().permits(certificate, role);
    }

    static boolean certifies(Channel client, String role) {
        SslHandler handler = client.pipeline().get(SslHandler.class);
        X509Certificate certificate = handler == null ? null : Certificates.ofPeer(handler);
        return certificate != null && client.attr(OFFERED).get().roles().proves(certificate, role);
    }

    static LegSecurity of(Channel client) {
        SslHandler handler = client.pipeline().get(SslHandler.class);
        return handler == null
                ? LegSecurity.PLAIN
                : new LegSecurity(true, false, client.attr(OFFERED).get().certificate(), Certificates.ofPeer(handler));
    }
}
