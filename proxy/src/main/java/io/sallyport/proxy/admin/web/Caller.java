package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.approval.Voter;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, and what they ask.
 *
 * @param who null where anybody may ask
 * @param session null where the request itself carried the proof
 */
record Caller(@Nullable Proven who, @Nullable WebSession session, Request request) {
    private static final Duration TOKEN_WATCHES = Duration.ofMinutes(1);

    Proven proven() {
        return Objects.requireNonNull(who, "nobody is signed in");
    }

    /**
     * When whoever watches is sent away. Whether a personal access token was revoked cannot be asked where nothing
     * waits: who watches by one comes back soon.
     *
     * @param longest of anybody
     */
    Instant watchesUntil(Instant now, Duration longest) {
        Instant end =
                now.plus(proven().pass() == null || longest.compareTo(TOKEN_WATCHES) < 0 ? longest : TOKEN_WATCHES);
        Instant proved = proven().until();
        return proved == null || proved.isAfter(end) ? end : proved;
    }

    /** As the audit names the way a vote came. */
    Voter voter() {
        return new Voter(proven(), (session == null ? "api/" : "page/") + request.address());
    }
}
