package io.sallyport.proxy.net;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.config.TlsNegotiation;
import io.sallyport.proxy.config.UpstreamTlsMode;
import io.sallyport.proxy.metrics.TlsMetrics;
import io.sallyport.proxy.session.LegSecurity;
import io.sallyport.proxy.tls.Reloading;
import io.sallyport.proxy.tls.ServerTls;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** TLS between the proxy and the server. */
final class UpstreamEncryption {
    /** Whether the certificate of this connection was verified. */
    private static final AttributeKey<Boolean> VERIFIED = AttributeKey.valueOf(UpstreamEncryption.class, "verified");

    private final ProxyConfig config;
    private final Reloading<ServerTls> state;
    private final TlsMetrics metrics;

    UpstreamEncryption(ProxyConfig config, Reloading<ServerTls> state, TlsMetrics metrics) {
        this.config = config;
        this.state = state;
        this.metrics = metrics;
    }

    /** The first handler of a new socket; calls one of the two once it is known whether TLS came about. */
    UpstreamNegotiation negotiation(Consumer<Channel> ready, Consumer<String> failed) {
        return new UpstreamNegotiation(this, ready, why -> {
            metrics.serverHandshakeFailed();
            failed.accept(why);
        });
    }

    boolean direct() {
        return config.tls().upstream().negotiation() == TlsNegotiation.DIRECT;
    }

    /** Whether a server that declines is spoken to all the same. */
    boolean plainWillDo() {
        return config.tls().upstream().mode() == UpstreamTlsMode.PREFER;
    }

    long patienceMillis() {
        return config.timeouts().connect().toMillis();
    }

    SslHandler handler(Channel server) {
        String host = config.upstream().host();
        SslHandler handler = state.current()
                .context()
                .newHandler(server.alloc(), host, config.upstream().port());
        SNIHostName name = serverName(host);
        if (name != null) {
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setServerNames(List.of(name));
            handler.engine().setSSLParameters(parameters);
        }
        server.attr(VERIFIED).set(config.tls().upstream().mode().verifies());
        handler.setHandshakeTimeout(patienceMillis(), TimeUnit.MILLISECONDS);
        return handler;
    }

    /** @return null for addresses, and for names that SNI does not know, such as those with an underscore */
    private static @Nullable SNIHostName serverName(String host) {
        if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
            return null;
        }
        try {
            return new SNIHostName(host);
        } catch (IllegalArgumentException noName) {
            return null;
        }
    }

    static LegSecurity of(Channel server) {
        SslHandler handler = server.pipeline().get(SslHandler.class);
        return handler == null
                ? LegSecurity.PLAIN
                : new LegSecurity(
                        true,
                        Boolean.TRUE.equals(server.attr(VERIFIED).get()),
                        Certificates.ofPeer(handler),
                        Certificates.ofUs(handler));
    }
}
