package io.sallyport.proxy.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.sallyport.proxy.config.ClientCertificates;
import io.sallyport.proxy.config.ClientTlsSettings;
import io.sallyport.proxy.config.TlsVersion;
import io.sallyport.proxy.config.UpstreamTlsMode;
import io.sallyport.proxy.config.UpstreamTlsSettings;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/** Makes what handshakes are made with. */
final class Contexts {
    /** The protocol's name in ALPN, registered by PostgreSQL 17. */
    static final String PROTOCOL = "postgresql";

    private static final ApplicationProtocolConfig ALPN = new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            PROTOCOL);

    private Contexts() {}

    static SslProvider provider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    static SslContext server(ClientTlsSettings settings, TlsFiles files, X509Certificate[] chain) throws TlsProblem {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(Pem.key(files, Names.KEY, chain[0]), chain)
                    .sslProvider(provider())
                    .applicationProtocolConfig(ALPN);
            if (settings.minVersion() == TlsVersion.TLS_1_3) {
                builder.protocols("TLSv1.3");
            } else {
                builder.protocols("TLSv1.3", "TLSv1.2");
            }
            if (settings.clientCertificates() != ClientCertificates.NONE) {
                builder.trustManager(Pem.certificates(files, Names.CLIENT_CA))
                        .clientAuth(
                                settings.clientCertificates() == ClientCertificates.REQUIRE
                                        ? ClientAuth.REQUIRE
                                        : ClientAuth.OPTIONAL);
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsProblem("tls: no TLS can be made of these files: " + e.getMessage());
        }
    }

    /** For HTTP: no protocol is negotiated, and nobody is asked for a certificate. */
    static SslContext web(TlsFiles files, X509Certificate[] chain) throws TlsProblem {
        try {
            return SslContextBuilder.forServer(Pem.key(files, Names.ADMIN_KEY, chain[0]), chain)
                    .sslProvider(provider())
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsProblem("admin_tls: no TLS can be made of these files: " + e.getMessage());
        }
    }

    static SslContext client(UpstreamTlsSettings settings, TlsFiles files) throws TlsProblem {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(provider())
                    .applicationProtocolConfig(ALPN)
                    .protocols("TLSv1.3", "TLSv1.2")
                    // Netty checks names by default; here the mode says whether.
                    .endpointIdentificationAlgorithm(settings.mode() == UpstreamTlsMode.VERIFY_FULL ? "HTTPS" : "");
            if (!settings.mode().verifies()) {
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
            } else if (files.has(Names.UPSTREAM_CA)) {
                builder.trustManager(Pem.certificates(files, Names.UPSTREAM_CA));
            }
            if (files.has(Names.UPSTREAM_CERTIFICATE)) {
                X509Certificate[] chain = Pem.certificates(files, Names.UPSTREAM_CERTIFICATE);
                builder.keyManager(Pem.key(files, Names.UPSTREAM_KEY, chain[0]), chain);
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsProblem("upstream_tls: no TLS can be made of these files: " + e.getMessage());
        }
    }
}
