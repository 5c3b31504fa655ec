package io.sallyport.policies;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy, or every reason why there is none.
 *
 * @param warnings what is surely not meant, such as a rule that can never match, and keeps no policy from being used
 */
public record PolicyReading(@Nullable Policy policy, List<PolicyProblem> problems, List<PolicyProblem> warnings) {
    public PolicyReading {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }
}
