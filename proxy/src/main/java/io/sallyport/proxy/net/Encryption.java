package io.sallyport.proxy.net;

import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.metrics.TlsMetrics;
import io.sallyport.proxy.tls.ClientTls;
import io.sallyport.proxy.tls.Reloading;
import io.sallyport.proxy.tls.ServerTls;
import io.sallyport.proxy.tls.TlsProblem;
import io.sallyport.proxy.tls.TlsWatch;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS of both legs, and the watch over its files. */
record Encryption(ClientEncryption clients, @Nullable UpstreamEncryption upstream, TlsWatch watch)
        implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Encryption.class);

    /** @throws TlsProblem when a file cannot be used; the message says which and why */
    static Encryption start(ProxyConfig config, TlsMetrics metrics) throws TlsProblem {
        Reloading<ClientTls> clients = ClientTls.start(config.tls().client());
        Reloading<ServerTls> server = ServerTls.start(config.tls().upstream());
        List<Reloading<?>> all = Stream.<@Nullable Reloading<?>>of(clients, server)
                .filter(Objects::nonNull)
                .toList();
        if (!all.isEmpty()) {
            log.info(
                    "TLS by {}: clients {}, server {}",
                    ClientTls.provider(),
                    config.tls().client().mode(),
                    config.tls().upstream().mode());
        }
        return new Encryption(
                ClientEncryption.of(config, clients, metrics),
                server == null ? null : new UpstreamEncryption(config, server, metrics),
                new TlsWatch(all, metrics));
    }

    @Override
    public void close() {
        watch.close();
    }
}
