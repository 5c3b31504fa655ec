package io.sallyport.proxy.it.tls;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.X509Bundle;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS of a client's own, over sockets that it opened itself; it trusts everybody. */
public final class TlsSockets {
    private TlsSockets() {}

    public static Socket plain(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /** With TLS at once. */
    public static SSLSocket direct(int port) throws IOException {
        return over(plain(port), null, "postgresql");
    }

    /** With SSLRequest first. */
    public static WireClient asked(int port) throws IOException {
        return asked(port, null);
    }

    public static WireClient asked(int port, @Nullable X509Bundle certificate) throws IOException {
        Socket plain = plain(port);
        plain.getOutputStream().write(Frontend.sslRequest());
        int answer = plain.getInputStream().read();
        if (answer != 'S') {
            throw new IOException("SSLRequest was answered " + answer);
        }
        return WireClient.over(over(plain, certificate, ""));
    }

    /** @param protocol for ALPN, or nothing */
    public static SSLSocket over(Socket plain, @Nullable X509Bundle certificate, String protocol) throws IOException {
        SSLSocket socket = (SSLSocket)
                context(certificate).getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        if (!protocol.isEmpty()) {
            parameters.setApplicationProtocols(new String[] {protocol});
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    static SSLContext context(@Nullable X509Bundle certificate) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = certificate == null
                    ? null
                    : certificate.toKeyManagerFactory().getKeyManagers();
            context.init(
                    keys,
                    new TrustManager[] {InsecureTrustManagerFactory.INSTANCE.getTrustManagers()[0]},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
