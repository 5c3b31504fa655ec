package io.sallyport.proxy.replay;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The roles that users are members of: a log does not tell them.
 *
 * @param roles by user; everybody is a member of their own role without being named
 */
public record Memberships(Map<String, Set<String>> roles) {
    public static final Memberships NONE = new Memberships(Map.of());

    public Memberships {
        Map<String, Set<String>> complete = new HashMap<>();
        roles.forEach((user, memberOf) -> {
            Set<String> all = new HashSet<>(memberOf);
            all.add(user);
            complete.put(user, Set.copyOf(all));
        });
        roles = Map.copyOf(complete);
    }

    Set<String> of(String user) {
        Set<String> known = roles.get(user);
        return known == null ? Set.of(user) : known;
    }
}
