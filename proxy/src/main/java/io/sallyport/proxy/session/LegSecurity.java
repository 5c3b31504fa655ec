package io.sallyport.proxy.session;

import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * How one leg of a session is protected.
 *
 * @param encrypted whether TLS runs on it
 * @param serverCertificate what the accepting side presented: ours on the client's leg, the server's on the other; null without TLS
 * @param verified whether the accepting side is known to be who it says; of the client's leg only the client knows
 * @param clientCertificate what the connecting side presented, verified; null where it presented none
 */
public record LegSecurity(
        boolean encrypted,
        boolean verified,
        @Nullable X509Certificate serverCertificate,
        @Nullable X509Certificate clientCertificate) {
    public static final LegSecurity PLAIN = new LegSecurity(false, false, null, null);

    /** The subject of the client's verified certificate (RFC 4514), or null. */
    @Nullable
    String clientSubject() {
        return clientCertificate == null ? null : subject(clientCertificate);
    }

    public static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    }
}
