package io.sallyport.proxy.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS between clients and the proxy.
 *
 * @param certificate the proxy's own, and its chain; null only when off
 * @param clientCa who signs clients' certificates
 * @param roles `any`, `cn`, or the path of a file that says which roles a certificate may use
 */
public record ClientTlsSettings(
        TlsMode mode,
        @Nullable Path certificate,
        @Nullable Path key,
        TlsVersion minVersion,
        @Nullable Path clientCa,
        ClientCertificates clientCertificates,
        String roles) {
    public static final String ANY_ROLE = "any";
    public static final String ROLE_IS_COMMON_NAME = "cn";
    public static final ClientTlsSettings OFF =
            new ClientTlsSettings(TlsMode.OFF, null, null, TlsVersion.TLS_1_2, null, ClientCertificates.NONE, ANY_ROLE);
}
