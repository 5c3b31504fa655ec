package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.approval.Voter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, and what they ask.
 *
 * @param memberOf null where the server said it too long ago
 * @param session null where the request itself carried user and password
 */
record Caller(
        String role,
        @Nullable Set<String> memberOf,
        @Nullable WebSession session,
        Request request) {
    /** As the audit names the way a vote came. */
    Voter voter() {
        return new Voter(role, (session == null ? "api/" : "page/") + request.address(), null, memberOf);
    }
}
