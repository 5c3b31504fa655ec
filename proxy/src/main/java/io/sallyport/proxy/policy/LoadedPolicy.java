package io.sallyport.proxy.policy;

import io.sallyport.policies.Policy;
import io.sallyport.policies.PolicyProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was made of a policy file and the files that it includes.
 *
 * @param policy null when there are problems
 * @param sha256 in hexadecimal: of the file's bytes; where it includes others, of the lines of all their digests
 * @param files every file that was looked for, in the order of looking
 */
public record LoadedPolicy(
        Path file,
        @Nullable Policy policy,
        List<PolicyProblem> problems,
        List<PolicyProblem> warnings,
        String sha256,
        Map<Path, FileContent> files) {
    /** Where a problem is of a whole file, it has no line. */
    static final int NO_LINE = 0;

    public LoadedPolicy {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** Every problem as one line for people. */
    public List<String> messages() {
        return problems.stream().map(LoadedPolicy::text).toList();
    }

    private static String text(PolicyProblem problem) {
        return text(problem, "");
    }

    /** A problem as one line for people, with a word in front of its message. */
    public static String text(PolicyProblem problem, String word) {
        String place = problem.line() == NO_LINE ? "" : ":" + problem.line() + ":" + problem.column();
        return problem.file() + place + ": " + word + problem.message();
    }
}
