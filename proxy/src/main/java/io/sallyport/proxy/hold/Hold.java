package io.sallyport.proxy.hold;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A batch that waits for a second person. It collects votes and resolves exactly once, both by compare-and-set of one state. */
public final class Hold {
    /** Votes change only while the resolution is null. */
    private record State(List<Vote> votes, @Nullable Resolution resolution) {}

    private final HoldCode code;
    private final HoldRequest request;
    private final Instant openedAt;
    private final Instant expiresAt;
    private final AtomicReference<State> state;
    private final @Nullable Instant endedAt;

    Hold(HoldCode code, HoldRequest request, Instant openedAt, Instant expiresAt) {
        this(code, request, openedAt, expiresAt, new State(List.of(), null), null);
    }

    private Hold(
            HoldCode code,
            HoldRequest request,
            Instant openedAt,
            Instant expiresAt,
            State state,
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

    private State now() {
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

    /** The approvals that count, in their order. */
    public List<Vote> votes() {
        return now().votes();
    }

    /** How far they have come towards each requirement. */
    public List<Tally> tallies() {
        return Tally.of(request.terms(), votes());
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
        return new Hold(code, request.remembered(), openedAt, expiresAt, now(), at);
    }

    boolean resolve(Resolution how) {
        while (true) {
            State now = now();
            if (now.resolution != null) {
                return false;
            }
            if (state.compareAndSet(now, new State(now.votes, how))) {
                return true;
            }
        }
    }

    /** @param samePerson tells votes of the same person */
    VoteResult add(Vote vote, Predicate<Vote> samePerson) {
        while (true) {
            State now = now();
            if (now.resolution != null) {
                return VoteResult.OVER;
            }
            if (now.votes.stream().anyMatch(samePerson)) {
                return VoteResult.TWICE;
            }
            List<Vote> votes = new ArrayList<>(now.votes);
            votes.add(vote);
            boolean enough = Tally.of(request.terms(), votes).stream().allMatch(Tally::met);
            State next = new State(List.copyOf(votes), enough ? new Resolution.Approved(roles(votes)) : null);
            if (state.compareAndSet(now, next)) {
                return enough ? VoteResult.RELEASED : VoteResult.COUNTED;
            }
        }
    }

    /** @return whether there was such a vote, and it still could be taken back */
    boolean remove(Predicate<Vote> mine) {
        while (true) {
            State now = now();
            List<Vote> left = now.votes.stream().filter(mine.negate()).toList();
            if (now.resolution != null || left.size() == now.votes.size()) {
                return false;
            }
            if (state.compareAndSet(now, new State(left, null))) {
                return true;
            }
        }
    }

    private static String roles(List<Vote> votes) {
        return votes.stream().map(Vote::role).collect(Collectors.joining(", "));
    }

    /** {@code waiting}, or how it ended. */
    public String state() {
        Resolution ended = resolution();
        return ended == null ? "waiting" : ended.label();
    }
}
