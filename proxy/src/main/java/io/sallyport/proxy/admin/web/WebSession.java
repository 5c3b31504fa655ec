package io.sallyport.proxy.admin.web;

import java.time.Instant;
import java.util.Set;

/**
 * Somebody signed in to the page.
 *
 * @param memberOf what the role was a member of when it began
 * @param csrf the token that every change must repeat in a header, which other sites cannot read
 */
record WebSession(String role, Set<String> memberOf, String csrf, Instant began) {
    @Override
    public String toString() {
        return "WebSession[" + role + "]";
    }
}
