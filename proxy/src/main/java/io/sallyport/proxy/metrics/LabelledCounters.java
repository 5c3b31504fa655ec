package io.sallyport.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counters of one name that differ by labels. Each is looked up in the registry once. Label values come from outside
 * (rule names, SQLSTATEs of a reloaded policy), so beyond a limit they all count as `other`: a metric never grows
 * without bound.
 */
final class LabelledCounters {
    static final String OTHER = "other";
    private static final int LONGEST_VALUE = 100;

    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final int limit;
    private final ConcurrentMap<Tags, Counter> counters = new ConcurrentHashMap<>();

    LabelledCounters(MeterRegistry registry, String name, String description, int limit) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        this.limit = limit;
    }

    /** The counter with these labels, or, when there are too many, the one whose last label is `other`. */
    Counter of(Tags tags, String lastLabel, String lastValue) {
        Tags wanted = tags.and(lastLabel, shortened(lastValue));
        Counter known = counters.get(wanted);
        if (known != null) {
            return known;
        }
        return counters.size() < limit ? register(wanted) : register(tags.and(lastLabel, OTHER));
    }

    private Counter register(Tags tags) {
        return counters.computeIfAbsent(
                tags,
                labels -> Counter.builder(name)
                        .description(description)
                        .tags(labels)
                        .register(registry));
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
    }
}
