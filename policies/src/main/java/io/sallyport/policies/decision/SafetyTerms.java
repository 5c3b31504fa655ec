package io.sallyport.policies.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The safety nets that a rule asks for.
 *
 * @param nets each with the age that it may have at most; zero where it has none
 * @param escalations nets that ask for more people where they are not there
 */
public record SafetyTerms(Map<SafetyNet, Duration> nets, List<Escalation> escalations) {
    public static final SafetyTerms NONE = new SafetyTerms(Map.of());

    public SafetyTerms {
        // In the order of the nets, however they were written.
        Map<SafetyNet, Duration> ordered = new EnumMap<>(SafetyNet.class);
        ordered.putAll(nets);
        nets = Collections.unmodifiableMap(ordered);
        escalations = List.copyOf(escalations);
    }

    /** Nets that refuse where they are not there. */
    public SafetyTerms(Map<SafetyNet, Duration> nets) {
        this(nets, List.of());
    }

    public boolean isEmpty() {
        return nets.isEmpty() && escalations.isEmpty();
    }

    public boolean asks(SafetyNet net) {
        return asked().contains(net);
    }

    /** All that it is about, in their order. */
    public Set<SafetyNet> asked() {
        Set<SafetyNet> asked = EnumSet.noneOf(SafetyNet.class);
        asked.addAll(nets.keySet());
        escalations.forEach(escalation -> asked.add(escalation.net()));
        return asked;
    }

    /** The age beyond which it refuses; null where it does not. */
    public @Nullable Duration within(SafetyNet net) {
        return nets.get(net);
    }

    /** The age beyond which something is asked for. */
    public Duration shortest(SafetyNet net) {
        return Stream.concat(
                        Stream.ofNullable(nets.get(net)),
                        escalations(net).stream().map(Escalation::age))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Those that say what is asked for where that net is too old. */
    public List<Escalation> escalations(SafetyNet net) {
        return escalations.stream()
                .filter(escalation -> escalation.net() == net)
                .toList();
    }

    /** Whether there are some that are looked at before anybody is asked to approve. */
    public boolean asksAges() {
        return asked().stream().anyMatch(SafetyNet::aged);
    }

    /** What meets both: every net of either, and of two ages the shorter. */
    public SafetyTerms and(SafetyTerms other) {
        if (equals(other)) {
            return this;
        }
        Map<SafetyNet, Duration> both = new EnumMap<>(SafetyNet.class);
        both.putAll(nets);
        other.nets.forEach((net, age) -> both.merge(net, age, (one, two) -> one.compareTo(two) <= 0 ? one : two));
        return new SafetyTerms(
                both,
                Stream.concat(escalations.stream(), other.escalations.stream())
                        .distinct()
                        .toList());
    }

    /** In words, one net each. */
    public List<String> described() {
        List<String> parts = new ArrayList<>();
        nets.forEach((net, age) -> parts.add(described(net, age)));
        escalations.forEach(escalation -> parts.add(escalation.described()));
        return parts;
    }

    private static String described(SafetyNet net, Duration age) {
        return switch (net) {
            case BACKUP_WITHIN -> "needs a good backup within " + DurationText.of(age);
            case RESTORE_TESTED_WITHIN -> "needs a restore that was tested within " + DurationText.of(age);
            case RESTORE_POINT -> "restore point before it runs";
            case KEEP_ROWS -> "the rows that it changes are kept, and can be brought back";
        };
    }
}
