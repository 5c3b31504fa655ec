package io.sallyport.policies.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The safety nets that a rule asks for.
 *
 * @param nets each with the age that it may have at most; zero where it has none
 */
public record SafetyTerms(Map<SafetyNet, Duration> nets) {
    public static final SafetyTerms NONE = new SafetyTerms(Map.of());

    public SafetyTerms {
        // In the order of the nets, however they were written.
        Map<SafetyNet, Duration> ordered = new EnumMap<>(SafetyNet.class);
        ordered.putAll(nets);
        nets = Collections.unmodifiableMap(ordered);
    }

    public boolean isEmpty() {
        return nets.isEmpty();
    }

    public boolean asks(SafetyNet net) {
        return nets.containsKey(net);
    }

    /** Null where it is not asked for. */
    public @Nullable Duration within(SafetyNet net) {
        return nets.get(net);
    }

    /** Those that are looked at before anybody is asked to approve. */
    public boolean asksAges() {
        return nets.keySet().stream().anyMatch(SafetyNet::aged);
    }

    /** What meets both: every net of either, and of two ages the shorter. */
    public SafetyTerms and(SafetyTerms other) {
        if (equals(other)) {
            return this;
        }
        Map<SafetyNet, Duration> both = new EnumMap<>(SafetyNet.class);
        both.putAll(nets);
        other.nets.forEach((net, age) -> both.merge(net, age, (one, two) -> one.compareTo(two) <= 0 ? one : two));
        return new SafetyTerms(both);
    }

    /** In words, one net each. */
    public List<String> described() {
        List<String> parts = new ArrayList<>();
        nets.forEach((net, age) -> parts.add(described(net, age)));
        return parts;
    }

    private static String described(SafetyNet net, Duration age) {
        return switch (net) {
            case BACKUP_WITHIN -> "needs a good backup within " + DurationText.of(age);
            case RESTORE_TESTED_WITHIN -> "needs a restore that was tested within " + DurationText.of(age);
            case RESTORE_POINT -> "restore point before it runs";
        };
    }
}
