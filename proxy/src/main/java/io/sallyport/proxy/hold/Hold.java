package io.sallyport.proxy.hold;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A batch that waits for a second person. It resolves exactly once, by compare-and-set. */
public final class Hold {
    private final HoldCode code;
    private final HoldRequest request;
    private final Instant openedAt;
    private final Instant expiresAt;
    private final AtomicReference<@Nullable Resolution> resolution = new AtomicReference<>();

    Hold(HoldCode code, HoldRequest request, Instant openedAt, Instant expiresAt) {
        this.code = code;
        this.request = request;
        this.openedAt = openedAt;
        this.expiresAt = expiresAt;
    }

    public HoldCode code() {
        return code;
    }

    public HoldRequest request() {
        return request;
    }

    public Instant openedAt() {
        return openedAt;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    /** How it ended, or null while it waits. */
    public @Nullable Resolution resolution() {
        return resolution.get();
    }

    /** This hold, ended, without what takes much memory. */
    Hold remembered() {
        Hold kept = new Hold(code, request.remembered(), openedAt, expiresAt);
        kept.resolution.set(resolution.get());
        return kept;
    }

    boolean resolve(Resolution how) {
        return resolution.compareAndSet(null, how);
    }

    /** {@code waiting}, or how it ended. */
    public String state() {
        Resolution ended = resolution.get();
        return ended == null ? "waiting" : ended.label();
    }
}
