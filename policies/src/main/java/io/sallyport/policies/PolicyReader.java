package io.sallyport.policies;

import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.DocumentReader;
import io.sallyport.policies.document.Problems;
import io.sallyport.policies.rule.Rule;
import io.sallyport.policies.rule.RuleFactory;
import io.sallyport.policies.rule.Words;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a policy from YAML and reports every problem at once. */
public final class PolicyReader {
    private static final Set<String> KEYS = Set.of("version", "default", "rules");

    private final Problems problems = new Problems();
    private final Words words = new Words(problems);
    private final RuleFactory factory = new RuleFactory(problems);

    private PolicyReader() {}

    /** Reads the text; the problems call the file {@code fileName}. */
    public static PolicyReading read(String yaml, String fileName) {
        PolicyReader reader = new PolicyReader();
        DocumentNode root = DocumentReader.read(yaml, reader.problems);
        Policy policy = root == null ? null : reader.policy(root);
        List<PolicyProblem> found = reader.problems.inOrder().stream()
                .map(problem -> new PolicyProblem(
                        fileName, problem.position().line(), problem.position().column(), problem.message()))
                .toList();
        return new PolicyReading(found.isEmpty() ? policy : null, found);
    }

    private @Nullable Policy policy(DocumentNode root) {
        Mapping mapping = words.mapping(root, "a policy with version, default and rules");
        if (mapping == null) {
            return null;
        }
        words.checkKeys(mapping, KEYS, "the policy");
        checkVersion(mapping);
        Decision otherwise = otherwise(mapping);
        DocumentNode rules = Words.value(mapping, "rules");
        if (rules == null) {
            problems.add(mapping, "the policy has no 'rules'");
            return null;
        }
        List<Rule> read = factory.rules(rules);
        return otherwise == null ? null : new Policy(read, otherwise);
    }

    private void checkVersion(Mapping mapping) {
        DocumentNode version = Words.value(mapping, "version");
        if (version == null) {
            problems.add(mapping, "the policy has no 'version'; expected version: 1");
        } else if (!(version instanceof Scalar scalar) || !scalar.value().equals("1")) {
            problems.add(version, "version: expected 1, found " + version.described());
        }
    }

    private @Nullable Decision otherwise(Mapping mapping) {
        DocumentNode value = Words.value(mapping, "default");
        if (value == null) {
            return Decision.ALLOW;
        }
        Scalar word = words.text(value, "default: allow, hold or deny");
        return word == null ? null : factory.decision(word);
    }
}
