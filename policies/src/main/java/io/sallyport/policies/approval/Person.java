package io.sallyport.policies.approval;

import java.util.List;

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
}
