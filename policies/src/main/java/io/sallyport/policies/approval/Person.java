package io.sallyport.policies.approval;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One human.
 *
 * @param roles login roles that are theirs alone
 * @param certificates subjects of their client certificates
 * @param subjects who they are to issuers
 */
public record Person(
        String name, List<String> roles, List<CertificateSubject> certificates, List<OidcSubject> subjects) {
    public Person {
        roles = List.copyOf(roles);
        certificates = List.copyOf(certificates);
        subjects = List.copyOf(subjects);
    }

    public Person(String name, List<String> roles, List<CertificateSubject> certificates) {
        this(name, roles, certificates, List.of());
    }

    String described() {
        return Stream.of(
                        roles.stream().map(role -> "the role " + role),
                        certificates.stream().map(certificate -> "the certificate " + certificate.name()),
                        subjects.stream().map(subject -> "the OIDC subject " + subject))
                .flatMap(Function.identity())
                .collect(Collectors.joining(", "));
    }
}
