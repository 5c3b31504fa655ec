package io.sallyport.policies.approval;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * People who may approve: the members of some roles, and some login roles by name. Names are exact, never patterns.
 *
 * @param roles whoever is a member of one of them, as the server says
 * @param users login roles
 */
public record ApproverGroup(String name, List<String> roles, List<String> users) {
    public ApproverGroup {
        roles = List.copyOf(roles);
        users = List.copyOf(users);
    }

    /** Whether this login role can only be told from others once the server has said what it is a member of. */
    public boolean asksRoles(String user) {
        return !roles.isEmpty() && !users.contains(user);
    }

    /** @param memberOf null where the server was not asked: then no membership counts */
    public boolean includes(String user, @Nullable Set<String> memberOf) {
        return users.contains(user) || (memberOf != null && roles.stream().anyMatch(memberOf::contains));
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
        return String.join("; ", parts);
    }
}
