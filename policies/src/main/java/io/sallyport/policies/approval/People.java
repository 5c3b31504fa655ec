package io.sallyport.policies.approval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which roles, certificates and subjects of issuers are one human, and which roles are nobody's own.
 *
 * @param sharedRoles login roles that several people use
 */
public record People(List<Person> persons, Set<String> sharedRoles) {
    public static final People NOBODY = new People(List.of(), Set.of());

    public People {
        persons = List.copyOf(persons);
        sharedRoles = Set.copyOf(sharedRoles);
    }

    /** Whether both may be one human: the same role, the same certificate, the same subject, or one person's. */
    public boolean same(Identity one, Identity other) {
        return equal(one.role(), other.role())
                || sameCertificate(one, other)
                || equal(one.subject(), other.subject())
                || names(one).stream().anyMatch(names(other)::contains);
    }

    private static boolean equal(@Nullable Object one, @Nullable Object other) {
        return one != null && one.equals(other);
    }

    private static boolean sameCertificate(Identity one, Identity other) {
        String first = one.certificate();
        String second = other.certificate();
        if (first == null || second == null) {
            return false;
        }
        CertificateSubject subject = CertificateSubject.parse(first);
        return first.equals(second) || (subject != null && subject.equals(CertificateSubject.parse(second)));
    }

    /** In words, a line each. */
    public List<String> described() {
        List<String> lines = new ArrayList<>();
        for (Person person : persons) {
            lines.add(person.name() + " is one person: " + person.described());
        }
        if (!sharedRoles.isEmpty()) {
            lines.add("Approvals of these roles do not count, because several people use them: "
                    + String.join(", ", new TreeSet<>(sharedRoles)));
        }
        return lines;
    }

    /** Whether nobody can tell who it is: a shared role, and no certificate of a known person. */
    public boolean hidden(Identity identity) {
        String role = identity.role();
        return role != null && sharedRoles.contains(role) && names(identity).isEmpty();
    }

    /** Whether an issuer vouches for them, and nobody can tell which roles are theirs too. */
    public boolean unmapped(Identity identity) {
        return identity.subject() != null && names(identity).isEmpty();
    }

    /** Persons; more than one where the role is one person's and the certificate another's. */
    private Set<String> names(Identity identity) {
        String certificate = identity.certificate();
        CertificateSubject subject = certificate == null ? null : CertificateSubject.parse(certificate);
        Set<String> names = new HashSet<>();
        for (Person person : persons) {
            if (has(person.roles(), identity.role())
                    || has(person.certificates(), subject)
                    || has(person.subjects(), identity.subject())) {
                names.add(person.name());
            }
        }
        return names;
    }

    private static boolean has(List<?> known, @Nullable Object one) {
        return one != null && known.contains(one);
    }
}
