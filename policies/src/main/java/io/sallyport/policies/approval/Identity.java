package io.sallyport.policies.approval;

import org.jspecify.annotations.Nullable;

/**
 * What is proved of somebody: either a login role, perhaps with a certificate, or who an issuer says it is.
 *
 * @param role the login role, as the server authenticated it; null for whoever an issuer vouches for
 * @param certificate subject of the verified client certificate; null without one
 * @param subject null for a role
 */
public record Identity(
        @Nullable String role,
        @Nullable String certificate,
        @Nullable OidcSubject subject) {
    public Identity {
        if ((role == null) == (subject == null)) {
            throw new IllegalArgumentException("an identity is a role's or an issuer's subject");
        }
    }

    public Identity(String role, @Nullable String certificate) {
        this(role, certificate, null);
    }

    public Identity(OidcSubject subject) {
        this(null, null, subject);
    }
}
