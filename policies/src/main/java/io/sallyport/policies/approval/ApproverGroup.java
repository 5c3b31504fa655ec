package io.sallyport.policies.approval;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * People who may approve: the members of some roles, some login roles by name, and whom an issuer counts among
 * something. Names are exact, never patterns.
 *
 * @param roles whoever is a member of one of them, as the server says
 * @param users login roles
 * @param claims whoever has one of them in the groups claim of their token
 */
public record ApproverGroup(String name, List<String> roles, List<String> users, List<String> claims) {
    public ApproverGroup {
        roles = List.copyOf(roles);
        users = List.copyOf(users);
        claims = List.copyOf(claims);
    }

    /** Without claims. */
    public ApproverGroup(String name, List<String> roles, List<String> users) {
        this(name, roles, users, List.of());
    }

    /** Whether this login role can only be told from others once the server has said what it is a member of. */
    public boolean asksRoles(String user) {
        return !roles.isEmpty() && !users.contains(user);
    }

    public boolean includes(Standing who) {
        return names(who) || anyOf(roles, who.memberOf()) || anyOf(claims, who.claims());
    }

    /** Whether that could be said only if more were known of them. */
    public boolean undecided(Standing who) {
        return !includes(who)
                && ((!roles.isEmpty() && who.user() != null && who.memberOf() == null)
                        || (!claims.isEmpty() && who.claims() == null));
    }

    private boolean names(Standing who) {
        return who.user() != null && users.contains(who.user());
    }

    private static boolean anyOf(List<String> wanted, @Nullable Set<String> known) {
        return known != null && wanted.stream().anyMatch(known::contains);
    }

    /** {@code members of dba_team; carol, dave}. */
    String members() {
        List<String> parts = new ArrayList<>();
        if (!roles.isEmpty()) {
            parts.add("members of " + String.join(" or ", roles));
        }
        if (!users.isEmpty()) {
            parts.add(String.join(", ", users));
        }
        if (!claims.isEmpty()) {
            parts.add("whoever has the claim " + String.join(" or ", claims));
        }
        return String.join("; ", parts);
    }
}
