package io.sallyport.proxy.replay;

import io.sallyport.policies.decision.Decision;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decisions counted by a name; what comes after the first thousand names is one. */
final class Tally {
    private static final int MOST = 1000;
    private static final String OTHERS = "(others)";
    private static final String NOBODY = "(not in the log)";

    private final Map<String, EnumMap<Decision, Long>> counts = new LinkedHashMap<>();

    void add(String name, Decision decision) {
        String key = name.isEmpty() ? NOBODY : name;
        if (counts.size() >= MOST && !counts.containsKey(key)) {
            key = OTHERS;
        }
        counts.computeIfAbsent(key, unused -> new EnumMap<>(Decision.class)).merge(decision, 1L, Long::sum);
    }

    /** Those with most that would have been stopped first. */
    List<Summary.Party> top(int most) {
        return counts.entrySet().stream()
                .map(entry -> Summary.Party.of(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Summary.Party::stopped)
                        .thenComparingLong(Summary.Party::statements)
                        .reversed())
                .limit(most)
                .toList();
    }
}
