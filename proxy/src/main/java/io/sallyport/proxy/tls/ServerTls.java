package io.sallyport.proxy.tls;

import io.netty.handler.ssl.SslContext;
import io.sallyport.proxy.config.UpstreamTlsMode;
import io.sallyport.proxy.config.UpstreamTlsSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the server is spoken to. */
public record ServerTls(SslContext context) {
    /** @return null when TLS is off */
    public static @Nullable Reloading<ServerTls> start(UpstreamTlsSettings settings) throws TlsProblem {
        if (settings.mode() == UpstreamTlsMode.DISABLE) {
            return null;
        }
        Map<String, Path> paths = new LinkedHashMap<>();
        put(paths, Names.UPSTREAM_CA, settings.ca());
        put(paths, Names.UPSTREAM_CERTIFICATE, settings.certificate());
        put(paths, Names.UPSTREAM_KEY, settings.key());
        return Reloading.start(paths, files -> new ServerTls(Contexts.client(settings, files)));
    }

    private static void put(Map<String, Path> paths, String setting, @Nullable Path path) {
        if (path != null) {
            paths.put(setting, path);
        }
    }
}
