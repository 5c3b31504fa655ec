package io.sallyport.proxy.net;

import io.netty.handler.ssl.SslHandler;
import java.nio.channels.ClosedChannelException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What a handshake that is over has shown. */
final class Certificates {
    private Certificates() {}

    static @Nullable X509Certificate ofPeer(SslHandler handler) {
        try {
            return leaf(handler.engine().getSession().getPeerCertificates());
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    static @Nullable X509Certificate ofUs(SslHandler handler) {
        return leaf(handler.engine().getSession().getLocalCertificates());
    }

    /** Why a handshake failed: what lies at the bottom, for OpenSSL's engine only says that there was a problem. */
    static String failure(Throwable thrown) {
        Throwable deepest = thrown;
        for (int i = 0; i < 10 && deepest.getCause() != null; i++) {
            deepest = deepest.getCause();
        }
        if (deepest instanceof ClosedChannelException) {
            return "the connection was closed during the handshake";
        }
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }

    private static @Nullable X509Certificate leaf(Certificate @Nullable [] chain) {
        return chain != null && chain.length > 0 ? (X509Certificate) chain[0] : null;
    }
}
