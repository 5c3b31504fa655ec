package io.sallyport.proxy.policy;

import io.sallyport.policies.Policy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The policy that batches are judged by now. Thread-safe; who asks sees one whole policy, the old or the new. */
public final class PolicyInForce implements Supplier<Policy> {
    private record State(Policy policy, List<String[]> status) {}

    private final Clock clock;
    private final PolicyObserver observer;
    private volatile State state;

    /** The built-in policy, which never changes. */
    public static PolicyInForce builtIn(PolicyObserver observer) {
        return new PolicyInForce(
                new State(Policy.builtIn(), List.<String[]>of(row("policy", "built-in"))), Clock.systemUTC(), observer);
    }

    private PolicyInForce(State state, Clock clock, PolicyObserver observer) {
        this.state = state;
        this.clock = clock;
        this.observer = observer;
    }

    /** @param first one without problems */
    public PolicyInForce(LoadedPolicy first, Clock clock, PolicyObserver observer) {
        this(inForce(first, clock.instant()), clock, observer);
        observer.loaded(first);
    }

    @Override
    public Policy get() {
        return state.policy();
    }

    /** What `SALLYPORT STATUS` says of it. */
    public List<String[]> status() {
        return state.status();
    }

    /** Takes up what was read, or keeps what there is when that has problems. */
    public void take(LoadedPolicy read) {
        if (read.policy() != null) {
            state = inForce(read, clock.instant());
            observer.loaded(read);
            return;
        }
        State old = state;
        List<String[]> status = new ArrayList<>(old.status().subList(0, 1));
        status.add(row(
                "policy reload",
                "failed at " + clock.instant().truncatedTo(ChronoUnit.SECONDS) + ": "
                        + read.messages().get(0)));
        state = new State(old.policy(), List.copyOf(status));
        observer.refused(read);
    }

    private static State inForce(LoadedPolicy read, Instant since) {
        Policy policy = Objects.requireNonNull(read.policy(), "a policy with problems");
        String text = read.file() + " (sha-256 " + read.sha256().substring(0, 12) + ", since "
                + since.truncatedTo(ChronoUnit.SECONDS) + ")";
        return new State(policy, List.<String[]>of(row("policy", text)));
    }

    private static String[] row(String item, @Nullable String value) {
        return new String[] {item, String.valueOf(value)};
    }
}
