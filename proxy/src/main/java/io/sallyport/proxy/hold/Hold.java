package io.sallyport.proxy.hold;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A batch that waits for a second person. It resolves exactly once, by compare-and-set of its state. */
public final class Hold {
    private final HoldCode code;
    private final HoldRequest request;
    private final Instant openedAt;
    private final Instant expiresAt;
    private final AtomicReference<HoldState> state;
    private final @Nullable Instant endedAt;
    private volatile @Nullable Outcome outcome;

    Hold(HoldCode code, HoldRequest request, Instant openedAt, Instant expiresAt) {
        this(code, request, openedAt, expiresAt, HoldState.OPEN, null);
    }

    Hold(StoredHold stored) {
        this(stored.code(), stored.request(), stored.openedAt(), stored.expiresAt(), stored.state(), stored.endedAt());
        this.outcome = stored.outcome();
    }

    private Hold(
            HoldCode code,
            HoldRequest request,
            Instant openedAt,
            Instant expiresAt,
            HoldState state,
            @Nullable Instant endedAt) {
        this.endedAt = endedAt;
        this.code = code;
        this.request = request;
        this.openedAt = openedAt;
        this.expiresAt = expiresAt;
        this.state = new AtomicReference<>(state);
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

    /** As this replica knows it. */
    public HoldState now() {
        return Objects.requireNonNull(state.get());
    }

    /** How it ended, or null while it waits. */
    public @Nullable Resolution resolution() {
        return now().resolution();
    }

    /** When it ended; known of those that are remembered. */
    public @Nullable Instant endedAt() {
        return endedAt;
    }

    /** What became of it on the server; null where nothing ran, or has not ended. */
    public @Nullable Outcome outcome() {
        return outcome;
    }

    void finished(Outcome what) {
        outcome = what;
    }

    /** The approvals that count, in their order. */
    public List<Vote> votes() {
        return now().votes();
    }

    /** How far they have come towards each requirement. */
    public List<Tally> tallies() {
        return Tally.told(request.terms(), votes());
    }

    /** {@code 1 of 2}. */
    public String progress() {
        return Tally.progress(tallies());
    }

    /** What is missing in words, such as {@code 1 more of dba or leads}; empty where nothing is. */
    public List<String> missing() {
        return tallies().stream()
                .map(Tally::missing)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** This hold, ended, without what takes much memory. */
    Hold remembered(Instant at) {
        Hold remembered = new Hold(code, request.remembered(), openedAt, expiresAt, now(), at);
        remembered.outcome = outcome;
        return remembered;
    }

    boolean resolve(Resolution how) {
        while (true) {
            HoldState now = now();
            if (now.resolution() != null) {
                return false;
            }
            if (state.compareAndSet(now, now.ended(how))) {
                return true;
            }
        }
    }

    /**
     * Takes over what the store says.
     *
     * @return what was known before; null where it is no news, or comes too late
     */
    @Nullable
    HoldState adopt(HoldState later) {
        while (true) {
            HoldState now = now();
            if (now.resolution() != null || later.version() <= now.version()) {
                return null;
            }
            if (state.compareAndSet(now, later)) {
                return now;
            }
        }
    }

    /** {@code waiting}, or how it ended. */
    public String state() {
        Resolution ended = resolution();
        return ended == null ? "waiting" : ended.label();
    }
}
