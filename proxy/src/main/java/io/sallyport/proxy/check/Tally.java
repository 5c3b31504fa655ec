package io.sallyport.proxy.check;

import io.sallyport.policies.decision.Decision;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;

/** How many statements got which decision. */
public final class Tally {
    private final Map<Decision, Long> statements = new EnumMap<>(Decision.class);
    private long broken;

    void statement(Decision decision) {
        statements.merge(decision, 1L, Long::sum);
    }

    void broken() {
        broken++;
    }

    public boolean isAllAllowed() {
        return broken == 0 && statements.keySet().stream().allMatch(decision -> decision == Decision.ALLOW);
    }

    /** As in {@code 3 statements: 2 allow, 1 hold}. */
    String described() {
        long all = statements.values().stream().mapToLong(Long::longValue).sum();
        StringJoiner counts = new StringJoiner(", ");
        statements.forEach((decision, count) -> counts.add(count + " " + decision.label()));
        if (broken > 0) {
            counts.add(broken + " unjudged, which counts as deny");
        }
        String what = all + (all == 1 ? " statement" : " statements");
        return counts.length() == 0 ? what : what + ": " + counts;
    }
}
