package io.sallyport.proxy.auth;

import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** The common name of a certificate's subject. */
public final class CertificateName {
    private CertificateName() {}

    /** @return null unless there is exactly one: which of several speaks for the role would be a guess */
    public static @Nullable String of(X509Certificate certificate) {
        try {
            String only = null;
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String name) {
                    if (only != null) {
                        return null;
                    }
                    only = name;
                }
            }
            return only;
        } catch (InvalidNameException unreadable) {
            return null;
        }
    }
}
