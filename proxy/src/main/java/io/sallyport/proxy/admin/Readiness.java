package io.sallyport.proxy.admin;

import org.jspecify.annotations.Nullable;

/** Whether new connections should be sent here, and if not, why. */
public record Readiness(@Nullable String notReadyBecause) {
    public static final Readiness READY = new Readiness(null);

    public boolean ready() {
        return notReadyBecause == null;
    }
}
