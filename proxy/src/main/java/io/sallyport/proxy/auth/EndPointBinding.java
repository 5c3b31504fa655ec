package io.sallyport.proxy.auth;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Channel binding of type tls-server-end-point (RFC 5929, 4.1): the hash of the certificate that the accepting side showed. */
public final class EndPointBinding {
    private EndPointBinding() {}

    /** @return null where there is no certificate, or its signature names no hash: then there is nothing to bind to */
    public static byte @Nullable [] of(@Nullable X509Certificate certificate) {
        if (certificate == null) {
            return null;
        }
        String hash = hash(certificate.getSigAlgName().toUpperCase(Locale.ROOT));
        try {
            return hash == null ? null : Hashes.digest(hash, certificate.getEncoded());
        } catch (CertificateEncodingException unreadable) {
            return null;
        }
    }

    /** The signature's own hash; where that is MD5 or SHA-1, SHA-256. */
    private static @Nullable String hash(String signature) {
        if (signature.startsWith("MD5") || signature.startsWith("SHA1") || signature.startsWith("SHA256")) {
            return "SHA-256";
        }
        return signature.startsWith("SHA384")
                ? "SHA-384"
                : signature.startsWith("SHA512") ? "SHA-512" : signature.startsWith("SHA224") ? "SHA-224" : null;
    }
}
