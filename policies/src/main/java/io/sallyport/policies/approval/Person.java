package io.sallyport.policies.approval;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One human.
 *
 * @param roles login roles that are theirs alone
 * @param certificates subjects of their client certificates
 */
public record Person(String name, List<String> roles, List<CertificateSubject> certificates) {
    public Person {
        roles = List.copyOf(roles);
        certificates = List.copyOf(certificates);
    }

    String described() {
        return Stream.concat(
                        roles.stream().map(role -> "the role " + role),
                        certificates.stream().map(certificate -> "the certificate " + certificate.name()))
                .collect(Collectors.joining(", "));
    }
}
