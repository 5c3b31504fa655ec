package io.sallyport.proxy.it.tls;

import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A server that shakes hands over TLS, asked for or not, notes the name that it was called by, and hangs up. */
final class ListeningForNames implements AutoCloseable {
    private static final int SSL_REQUEST_BYTES = 8;

    private final ServerSocket listener;
    private final X509Bundle certificate;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private ListeningForNames(X509Bundle certificate) throws IOException {
        this.certificate = certificate;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    static ListeningForNames start(X509Bundle certificate) throws IOException {
        ListeningForNames listening = new ListeningForNames(certificate);
        new Thread(listening::serve, "listening for names").start();
        return listening;
    }

    int port() {
        return listener.getLocalPort();
    }

    List<String> heard() {
        return heard;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket plain = listener.accept()) {
                answer(plain);
            } catch (IOException closed) {
                // The proxy, or the test, is done with it.
            }
        }
    }

    private void answer(Socket plain) throws IOException {
        InputStream in = plain.getInputStream();
        int first = in.read();
        if (first == 0) {
            in.skipNBytes(SSL_REQUEST_BYTES - 1);
            plain.getOutputStream().write('S');
        }
        byte[] consumed = first == 0 ? new byte[0] : new byte[] {(byte) first};
        try (SSLSocket socket = (SSLSocket) TlsSockets.context(certificate)
                .getSocketFactory()
                .createSocket(plain, new ByteArrayInputStream(consumed), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"postgresql"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            heard.add(((ExtendedSSLSession) socket.getSession())
                    .getRequestedServerNames().stream()
                            .map(name -> ((SNIHostName) name).getAsciiName())
                            .findFirst()
                            .orElse(""));
            socket.getInputStream().read();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
