package io.sallyport.proxy.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the control database answers.
 *
 * @param downSince null where the last call was answered
 * @param why what the last call failed with; empty where it did not
 */
public record Availability(@Nullable Instant downSince, String why) {
    static final Availability UP = new Availability(null, "");

    public boolean up() {
        return downSince == null;
    }
}
