package io.sallyport.proxy.hold;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A hold as the control database has it.
 *
 * @param replica the proxy whose session waits
 * @param endedAt null while it waits
 * @param outcome null where nothing ran, or it is not known yet
 */
public record StoredHold(
        HoldCode code,
        String replica,
        HoldRequest request,
        Instant openedAt,
        Instant expiresAt,
        HoldState state,
        @Nullable Instant endedAt,
        @Nullable Outcome outcome) {
    /** A hold of another proxy, or of an earlier run of this one: nobody here waits for it. */
    public Hold hold() {
        return new Hold(this);
    }
}
