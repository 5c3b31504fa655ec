package io.sallyport.proxy.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Whom a certificate names, each with its kind in front: {@code cn:alice}, {@code email:alice@example.org}. */
final class CertificateNames {
    /** RFC 5280, GeneralName: the numbers of the kinds that are texts. */
    private static final Map<Integer, String> KINDS = Map.of(1, "email:", 2, "dns:", 6, "uri:");

    private CertificateNames() {}

    static List<String> commonNames(X509Certificate certificate) {
        List<String> found = new ArrayList<>();
        try {
            String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
            for (Rdn rdn : new LdapName(subject).getRdns()) {
                Attribute name = rdn.toAttributes().get("CN");
                if (name != null) {
                    NamingEnumeration<?> values = name.getAll();
                    while (values.hasMore()) {
                        found.add(String.valueOf(values.next()));
                    }
                }
            }
            return found;
        } catch (InvalidNameException unreadable) {
            return List.of();
        } catch (NamingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static List<String> all(X509Certificate certificate) {
        List<String> found = new ArrayList<>();
        commonNames(certificate).forEach(name -> found.add("cn:" + name));
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> name : alternatives) {
                    String kind = KINDS.get((Integer) name.get(0));
                    if (kind != null) {
                        found.add(kind + name.get(1));
                    }
                }
            }
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
        return found;
    }
}
