package io.sallyport.proxy.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.sallyport.proxy.config.ClientTlsSettings;
import io.sallyport.proxy.config.TlsMode;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What clients are offered: one state of the files, whole, so that a connection keeps what it began with.
 *
 * @param certificate the proxy's own, as it is presented
 */
public record ClientTls(SslContext context, X509Certificate certificate, ClientRoles roles) {
    /** @return null when TLS is off */
    public static @Nullable Reloading<ClientTls> start(ClientTlsSettings settings) throws TlsProblem {
        Path certificate = settings.certificate();
        Path key = settings.key();
        if (settings.mode() == TlsMode.OFF || certificate == null || key == null) {
            return null;
        }
        Map<String, Path> paths = new LinkedHashMap<>();
        paths.put(Names.CERTIFICATE, certificate);
        paths.put(Names.KEY, key);
        Path ca = settings.clientCa();
        if (ca != null) {
            paths.put(Names.CLIENT_CA, ca);
        }
        if (ClientRoles.isFile(settings.roles())) {
            paths.put(Names.CLIENT_ROLES, Path.of(settings.roles()));
        }
        return Reloading.start(paths, files -> {
            X509Certificate[] chain = Pem.certificates(files, Names.CERTIFICATE);
            return new ClientTls(
                    Contexts.server(settings, files, chain), chain[0], ClientRoles.of(settings.roles(), files));
        });
    }

    /** Which implementation speaks it. */
    public static String provider() {
        return Contexts.provider() == SslProvider.JDK ? "the JDK" : "OpenSSL";
    }
}
