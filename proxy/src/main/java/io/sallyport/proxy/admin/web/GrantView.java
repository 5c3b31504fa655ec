package io.sallyport.proxy.admin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sallyport.proxy.token.Grant;
import io.sallyport.proxy.token.TokenSecret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a grant.
 *
 * @param token the secret, told this once; null while more have to approve
 * @param goodUntil null without a token
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GrantView(
        RequestView request,
        @Nullable String token,
        @Nullable String goodUntil) {
    static GrantView of(Grant grant, Instant now) {
        TokenSecret secret = grant.secret();
        Instant until = grant.expiresAt();
        return new GrantView(
                RequestView.listed(grant.request(), now),
                secret == null ? null : secret.reveal(),
                until == null ? null : until.toString());
    }

    /** Nothing that is written down by accident tells the secret. */
    @Override
    public String toString() {
        return "GrantView[" + request.code() + "]";
    }
}
