package io.sallyport.proxy.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** TLS of the admin server; without a certificate it speaks plain HTTP only. */
public record AdminTlsSettings(
        @Nullable Path certificate, @Nullable Path key) {
    public static final AdminTlsSettings OFF = new AdminTlsSettings(null, null);
}
