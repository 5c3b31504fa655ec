package io.sallyport.proxy.config;

import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Puts the settings of TLS together, and says which of them make no sense beside each other. */
final class TlsAssembly {
    /** The values as they were written, or the defaults. */
    interface Values {
        <T> T of(Setting<T> setting);
    }

    private final Values values;
    private final BiConsumer<Setting<?>, String> problem;

    /** @param problem told which setting is wrong, and why */
    TlsAssembly(Values values, BiConsumer<Setting<?>, String> problem) {
        this.values = values;
        this.problem = problem;
    }

    TlsSettings assemble() {
        return new TlsSettings(client(), upstream(), admin());
    }

    private AdminTlsSettings admin() {
        Path certificate = values.of(Settings.ADMIN_TLS_CERTIFICATE).orElse(null);
        Path key = values.of(Settings.ADMIN_TLS_KEY).orElse(null);
        pair(Settings.ADMIN_TLS_CERTIFICATE, certificate, Settings.ADMIN_TLS_KEY, key);
        return new AdminTlsSettings(certificate, key);
    }

    private ClientTlsSettings client() {
        Path certificate = values.of(Settings.TLS_CERTIFICATE).orElse(null);
        Path key = values.of(Settings.TLS_KEY).orElse(null);
        Path ca = values.of(Settings.TLS_CLIENT_CA).orElse(null);
        ClientCertificates asked = values.of(Settings.TLS_CLIENT_CERTIFICATES);
        String roles = values.of(Settings.TLS_CLIENT_ROLES);
        TlsMode mode = values.of(Settings.TLS_MODE).orElse(certificate == null ? TlsMode.OFF : TlsMode.OPTIONAL);
        pair(Settings.TLS_CERTIFICATE, certificate, Settings.TLS_KEY, key);
        if (mode != TlsMode.OFF && certificate == null && key == null) {
            problem.accept(Settings.TLS_MODE, "TLS needs tls.certificate and tls.key");
        }
        if (asked != ClientCertificates.NONE && ca == null) {
            problem.accept(Settings.TLS_CLIENT_CERTIFICATES, "certificates are verified with tls.client_ca; name it");
        }
        if (asked != ClientCertificates.NONE && mode == TlsMode.OFF) {
            problem.accept(Settings.TLS_CLIENT_CERTIFICATES, "without TLS there are none; see tls.mode");
        }
        if (asked == ClientCertificates.REQUIRE && mode == TlsMode.OPTIONAL) {
            problem.accept(
                    Settings.TLS_CLIENT_CERTIFICATES,
                    "a client without TLS shows no certificate; expected tls.mode: require");
        }
        if (!roles.equals(ClientTlsSettings.ANY_ROLE) && asked == ClientCertificates.NONE) {
            problem.accept(
                    Settings.TLS_CLIENT_ROLES, "no client is asked for a certificate; see tls.client_certificates");
        }
        return new ClientTlsSettings(mode, certificate, key, values.of(Settings.TLS_MIN_VERSION), ca, asked, roles);
    }

    private UpstreamTlsSettings upstream() {
        UpstreamTlsMode mode = values.of(Settings.UPSTREAM_TLS_MODE);
        Path ca = values.of(Settings.UPSTREAM_TLS_CA).orElse(null);
        Path certificate = values.of(Settings.UPSTREAM_TLS_CERTIFICATE).orElse(null);
        Path key = values.of(Settings.UPSTREAM_TLS_KEY).orElse(null);
        TlsNegotiation negotiation = values.of(Settings.UPSTREAM_TLS_NEGOTIATION);
        pair(Settings.UPSTREAM_TLS_CERTIFICATE, certificate, Settings.UPSTREAM_TLS_KEY, key);
        if (ca != null && !mode.verifies()) {
            problem.accept(
                    Settings.UPSTREAM_TLS_CA,
                    "nothing would be verified with it; expected upstream_tls.mode verify-ca or verify-full");
        }
        if (certificate != null && mode == UpstreamTlsMode.DISABLE) {
            problem.accept(Settings.UPSTREAM_TLS_CERTIFICATE, "without TLS it is not shown; see upstream_tls.mode");
        }
        if (negotiation == TlsNegotiation.DIRECT
                && (mode == UpstreamTlsMode.DISABLE || mode == UpstreamTlsMode.PREFER)) {
            problem.accept(
                    Settings.UPSTREAM_TLS_NEGOTIATION,
                    "direct TLS cannot be declined; expected upstream_tls.mode require, verify-ca or verify-full");
        }
        return new UpstreamTlsSettings(mode, ca, certificate, key, negotiation);
    }

    private void pair(Setting<?> first, @Nullable Path certificate, Setting<?> second, @Nullable Path key) {
        if (certificate != null && key == null) {
            problem.accept(first, "its private key is missing; name it with " + second.key());
        } else if (key != null && certificate == null) {
            problem.accept(second, "its certificate is missing; name it with " + first.key());
        }
    }
}
