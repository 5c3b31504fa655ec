package io.sallyport.proxy.tls;

import io.netty.handler.ssl.SslContext;
import io.sallyport.proxy.config.AdminTlsSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the admin server's clients are offered. */
public record AdminTls(SslContext context) {
    /** @return null when TLS is off */
    public static @Nullable Reloading<AdminTls> start(AdminTlsSettings settings) throws TlsProblem {
        Path certificate = settings.certificate();
        Path key = settings.key();
        if (certificate == null || key == null) {
            return null;
        }
        Map<String, Path> paths = new LinkedHashMap<>();
        paths.put(Names.ADMIN_CERTIFICATE, certificate);
        paths.put(Names.ADMIN_KEY, key);
        return Reloading.start(
                paths, files -> new AdminTls(Contexts.web(files, Pem.certificates(files, Names.ADMIN_CERTIFICATE))));
    }
}
