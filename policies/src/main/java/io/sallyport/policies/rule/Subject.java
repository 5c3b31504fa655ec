package io.sallyport.policies.rule;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a statement, as the server knows them, and from where.
 *
 * @param clientAddress an IP address in text form, without a port; empty where there is none
 * @param certificate subject of the client's certificate (RFC 4514), verified; null without one
 * @param roles every role that the user is a member of, directly or through others, its own included; null where nobody has asked the server
 */
public record Subject(
        String user,
        String database,
        String application,
        String clientAddress,
        @Nullable String certificate,
        @Nullable Set<String> roles) {
    public Subject {
        roles = roles == null ? null : Set.copyOf(roles);
    }

    public Subject(String user, String database, String application, String clientAddress) {
        this(user, database, application, clientAddress, null, null);
    }

    /** An exception where nobody has asked: a rule must not take ignorance for "no". */
    Set<String> rolesOrThrow() {
        if (roles == null) {
            throw new IllegalStateException(
                    "a rule asks for the roles of '" + user + "', and the server was not asked for them");
        }
        return roles;
    }
}
