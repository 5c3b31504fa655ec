package io.sallyport.proxy.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A personal access token, without its secret.
 *
 * @param id names it; it authorises nothing
 * @param owner who made it, and for whom it acts
 * @param label what its owner calls it
 * @param usedAt when it last was used, to the minute; null where it never was
 */
public record AccessToken(
        String id,
        AccessOwner owner,
        String label,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt) {}
