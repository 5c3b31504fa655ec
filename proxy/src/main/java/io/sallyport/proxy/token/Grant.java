package io.sallyport.proxy.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of an approver's grant.
 *
 * @param secret for this approver, now and never again; null while more have to approve
 * @param expiresAt of the token; null without one
 */
public record Grant(
        TokenRequest request,
        @Nullable TokenSecret secret,
        @Nullable Instant expiresAt) {}
