package io.sallyport.policies.language;

import io.sallyport.policies.approval.CertificateSubject;
import io.sallyport.policies.approval.OidcSubject;
import io.sallyport.policies.approval.People;
import io.sallyport.policies.approval.Person;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Entry;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The humans under {@code people}, and {@code shared_roles}. What is said of two of them is a problem. */
public final class PeopleReader {
    private static final Set<String> KEYS = new LinkedHashSet<>(List.of("roles", "certificates", "oidc"));

    private record Claim(String by, Position position) {}

    private final Words words;
    private final Map<String, Position> names = new HashMap<>();
    private final Map<String, Claim> roles = new HashMap<>();
    private final Map<CertificateSubject, Claim> certificates = new HashMap<>();
    private final Map<OidcSubject, Claim> subjects = new HashMap<>();

    public PeopleReader(Words words) {
        this.words = words;
    }

    public People read(List<Entry> people, List<DocumentNode> sharedRoles) {
        List<Person> persons = people.stream().map(this::person).toList();
        Set<String> shared = new HashSet<>();
        for (DocumentNode node : sharedRoles) {
            for (Scalar role : roleNames(node)) {
                claim(roles, role.value(), role, "'shared_roles'", "the role '" + role.value() + "'");
                shared.add(role.value());
            }
        }
        return new People(persons, shared);
    }

    /** {@code alice: [alice, alice_admin]}, or {@code alice: {roles: …, certificates: …}}. */
    private Person person(Entry entry) {
        Scalar name = entry.key();
        Position first = names.putIfAbsent(name.value(), name.position());
        if (first != null) {
            words.problems()
                    .add(
                            name,
                            "a person '" + name.value() + "' is already in "
                                    + first.from(name.position().file()));
        }
        if (!(entry.value() instanceof Mapping mapping)) {
            return new Person(name.value(), roles(entry.value(), name), List.of());
        }
        words.checkKeys(mapping, KEYS, "a person");
        if (mapping.entries().isEmpty()) {
            words.problems()
                    .add(mapping, "'" + name.value() + "' is nobody: expected 'roles', 'certificates' or 'oidc'");
        }
        return new Person(
                name.value(),
                roles(mapping.get("roles"), name),
                certificates(mapping.get("certificates"), name),
                subjects(mapping.get("oidc"), name));
    }

    private List<String> roles(@Nullable DocumentNode node, Scalar person) {
        List<String> found = new ArrayList<>();
        for (Scalar role : node == null ? List.<Scalar>of() : roleNames(node)) {
            claim(roles, role.value(), role, "'" + person.value() + "'", "the role '" + role.value() + "'");
            found.add(role.value());
        }
        return found;
    }

    private List<Scalar> roleNames(DocumentNode node) {
        return ApproverNames.names(node, "a login role", words);
    }

    private List<CertificateSubject> certificates(@Nullable DocumentNode node, Scalar person) {
        List<CertificateSubject> found = new ArrayList<>();
        String what = "the subject of a certificate such as \"CN=alice,O=Example\", or a list of them";
        for (Scalar text : node == null ? List.<Scalar>of() : words.texts(node, what)) {
            CertificateSubject subject = CertificateSubject.parse(text.value());
            if (subject == null) {
                words.problems().add(text, "expected " + what + ", found " + text.described());
            } else {
                claim(
                        certificates,
                        subject,
                        text,
                        "'" + person.value() + "'",
                        "the certificate '" + text.value() + "'");
                found.add(subject);
            }
        }
        return found;
    }

    private List<OidcSubject> subjects(@Nullable DocumentNode node, Scalar person) {
        List<OidcSubject> found = new ArrayList<>();
        String what = "an issuer and its subject such as \"https://login.example#248289761001\", or a list of them";
        for (Scalar text : node == null ? List.<Scalar>of() : words.texts(node, what)) {
            OidcSubject subject = OidcSubject.parse(text.value());
            if (subject == null) {
                words.problems().add(text, "expected " + what + ", found " + text.described());
            } else {
                claim(subjects, subject, text, "'" + person.value() + "'", "the OIDC subject '" + subject + "'");
                found.add(subject);
            }
        }
        return found;
    }

    private <K> void claim(Map<K, Claim> claims, K key, Scalar at, String by, String what) {
        Claim first = claims.putIfAbsent(key, new Claim(by, at.position()));
        if (first != null && !first.by.equals(by)) {
            words.problems()
                    .add(
                            at,
                            what + " is in " + by + " and in " + first.by + ", "
                                    + first.position.from(at.position().file()));
        }
    }

    static Map<String, Object> schema() {
        Map<String, Object> names = Schemas.oneOrMore(Schemas.text());
        Map<String, Object> whole = Schemas.mapping(
                Schemas.map(
                        "roles",
                        Schemas.described("Login roles of this human alone.", names),
                        "certificates",
                        Schemas.described("Subjects of this human's client certificates.", names),
                        "oidc",
                        Schemas.described("Who this human is to OIDC issuers: ISSUER#SUBJECT.", names)),
                List.of());
        whole.put("minProperties", 1);
        return Schemas.anyOf(List.of(names, whole));
    }
}
