package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.approval.Voter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, and what they ask.
 *
 * @param who null where anybody may ask
 * @param session null where the request itself carried the proof
 */
record Caller(@Nullable Proven who, @Nullable WebSession session, Request request) {
    Proven proven() {
        return Objects.requireNonNull(who, "nobody is signed in");
    }

    /** As the audit names the way a vote came. */
    Voter voter() {
        return new Voter(proven(), (session == null ? "api/" : "page/") + request.address());
    }
}
