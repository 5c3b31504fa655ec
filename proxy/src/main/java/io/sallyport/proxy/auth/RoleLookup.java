package io.sallyport.proxy.auth;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the server about roles that nobody logs in with now. Blocks. */
public interface RoleLookup {
    /** @param memberOf every role that it is a member of, itself among them */
    record Known(long oid, Set<String> memberOf) {
        public Known {
            memberOf = Set.copyOf(memberOf);
        }
    }

    /** @return null where there is no such role, it may not log in, or it has expired */
    @Nullable
    Known find(String role) throws LookupFailedException;
}
