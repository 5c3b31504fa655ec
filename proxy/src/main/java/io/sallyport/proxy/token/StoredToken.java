package io.sallyport.proxy.token;

import java.time.Instant;

/**
 * A token as it is kept.
 *
 * @param hash of the secret
 * @param grantedBy the approvers
 */
public record StoredToken(String hash, String grantedBy, Instant grantedAt, Instant expiresAt) {}
