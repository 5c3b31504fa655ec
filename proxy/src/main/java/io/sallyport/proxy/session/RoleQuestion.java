package io.sallyport.proxy.session;

import io.sallyport.proxy.auth.MembershipQuery;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which roles the login role is a member of. */
final class RoleQuestion extends OwnQuestion {
    private final Set<String> roles = new HashSet<>();

    RoleQuestion() {
        super(MembershipQuery.SQL, 1);
    }

    @Override
    void row(List<String> values) {
        roles.add(MembershipQuery.name(values.get(0)));
    }

    @Override
    @Nullable
    String incomplete() {
        return roles.isEmpty() ? "no role of that login" : null;
    }

    /** Null where it failed, or is not over. */
    @Nullable
    Set<String> roles() {
        return answered() ? Set.copyOf(roles) : null;
    }
}
