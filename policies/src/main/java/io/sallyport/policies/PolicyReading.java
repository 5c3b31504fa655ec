package io.sallyport.policies;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A policy, or every reason why there is none. */
public record PolicyReading(@Nullable Policy policy, List<PolicyProblem> problems) {
    public PolicyReading {
        problems = List.copyOf(problems);
    }
}
