package io.sallyport.policies.approval;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/** The subject of a certificate (RFC 4514); alike whatever the case and the spaces it is written with. */
public record CertificateSubject(LdapName name) {
    /** Null where the text is no such name, or an empty one. */
    public static @Nullable CertificateSubject parse(String text) {
        try {
            LdapName name = new LdapName(text);
            return name.isEmpty() ? null : new CertificateSubject(name);
        } catch (InvalidNameException | IllegalArgumentException notOne) {
            return null;
        }
    }
}
