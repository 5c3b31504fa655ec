package io.sallyport.proxy.admin;

import org.jspecify.annotations.Nullable;

/**
 * Whether new connections should be sent here.
 *
 * @param notReadyBecause null where they should
 * @param degraded what does not work meanwhile; null where everything does
 */
public record Readiness(
        @Nullable String notReadyBecause, @Nullable String degraded) {
    public static final Readiness READY = new Readiness(null, null);

    public static Readiness not(String because) {
        return new Readiness(because, null);
    }

    public boolean ready() {
        return notReadyBecause == null;
    }
}
