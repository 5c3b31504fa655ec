package io.sallyport.proxy.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS between the proxy and the server.
 *
 * @param ca who signs the server's certificate; null takes those whom Java trusts
 * @param certificate what the proxy shows to the server; null shows none
 */
public record UpstreamTlsSettings(
        UpstreamTlsMode mode,
        @Nullable Path ca,
        @Nullable Path certificate,
        @Nullable Path key,
        TlsNegotiation negotiation) {
    public static final UpstreamTlsSettings DISABLED =
            new UpstreamTlsSettings(UpstreamTlsMode.DISABLE, null, null, null, TlsNegotiation.POSTGRES);
}
