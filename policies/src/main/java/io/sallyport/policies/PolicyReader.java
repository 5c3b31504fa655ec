package io.sallyport.policies;

import io.sallyport.policies.approval.People;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Entry;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.Problems;
import io.sallyport.policies.document.Problems.Problem;
import io.sallyport.policies.document.Utf8;
import io.sallyport.policies.effects.EffectRules;
import io.sallyport.policies.language.ApproverNames;
import io.sallyport.policies.language.DeadRules;
import io.sallyport.policies.language.EffectsReader;
import io.sallyport.policies.language.FunctionGroupNames;
import io.sallyport.policies.language.Outcome;
import io.sallyport.policies.language.PeopleReader;
import io.sallyport.policies.language.PolicyKey;
import io.sallyport.policies.language.RulesReader;
import io.sallyport.policies.language.Scope;
import io.sallyport.policies.language.ThenReader;
import io.sallyport.policies.language.TimeForms;
import io.sallyport.policies.language.Words;
import io.sallyport.policies.rule.Rule;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a policy from YAML and reports every problem at once. */
public final class PolicyReader {
    private final Problems problems = new Problems();
    private final PolicyFiles files;
    private final Words words;

    private PolicyReader(PolicySource source) {
        files = new PolicyFiles(source, problems);
        words = files.words();
    }

    /** Reads a policy that includes no files; the problems call it {@code file}. */
    public static PolicyReading read(String yaml, String file) {
        return read(yaml, file, PolicySource.NONE);
    }

    /** Reads a policy and the files that it includes. */
    public static PolicyReading read(String yaml, String file, PolicySource source) {
        return new PolicyReader(source).reading(yaml, file);
    }

    /** The same from a file's bytes, which must be UTF-8. */
    public static PolicyReading read(byte[] content, String file, PolicySource source) {
        PolicyReader reader = new PolicyReader(source);
        return reader.reading(Utf8.decode(content, file, reader.problems), file);
    }

    private PolicyReading reading(@Nullable String yaml, String file) {
        Mapping main = yaml == null ? null : files.readMain(yaml, file);
        Policy policy = main == null ? null : policy(main);
        return new PolicyReading(
                problems.isEmpty() ? policy : null,
                problems.inOrder().stream().map(PolicyReader::published).toList(),
                problems.warningsInOrder().stream().map(PolicyReader::published).toList());
    }

    private static PolicyProblem published(Problem problem) {
        return new PolicyProblem(
                problem.position().file(),
                problem.position().line(),
                problem.position().column(),
                problem.message());
    }

    private @Nullable Policy policy(Mapping main) {
        checkVersion(main);
        files.lists().check();
        FunctionGroupNames functionGroups = new FunctionGroupNames();
        for (Entry group : files.functionGroups()) {
            functionGroups.add(group, words);
        }
        ApproverNames approvers = new ApproverNames();
        files.approvers().forEach(group -> approvers.add(group, words));
        People people = new PeopleReader(words).read(files.people(), files.sharedRoles());
        Scope scope = new Scope(problems, words, functionGroups, approvers, ZoneOffset.UTC);
        DocumentNode zone = main.get(PolicyKey.TIMEZONE.label());
        ZoneId own = zone == null ? null : TimeForms.zone(zone, scope);
        Scope zoned = own == null ? scope : scope.in(own);
        List<Rule> rules = new RulesReader(zoned).rules(files.rules());
        EffectRules effects = new EffectsReader(zoned).read(main.get(PolicyKey.EFFECTS.label()));
        Outcome otherwise = otherwise(main, approvers);
        boolean observes = observes(main);
        if (otherwise == null) {
            return null;
        }
        if (problems.isEmpty()) {
            DeadRules.warn(rules, problems);
        }
        return new Policy(rules, otherwise.by("default"), observes, people, effects);
    }

    private void checkVersion(Mapping main) {
        DocumentNode version = main.get(PolicyKey.VERSION.label());
        if (version == null) {
            problems.add(main, "the policy has no 'version'; expected version: 1");
        } else if (!(version instanceof Scalar scalar) || !scalar.value().equals("1")) {
            problems.add(version, "version: expected 1, found " + version.described());
        }
    }

    private boolean observes(Mapping main) {
        DocumentNode mode = main.get(PolicyKey.MODE.label());
        Scalar word = mode == null ? null : words.text(mode, "a mode: enforce or observe");
        if (word != null && !word.value().equals("enforce") && !word.value().equals("observe")) {
            words.unknown(word, Set.of("enforce", "observe"), "mode");
        }
        return word != null && word.value().equals("observe");
    }

    private @Nullable Outcome otherwise(Mapping main, ApproverNames approvers) {
        DocumentNode value = main.get(PolicyKey.DEFAULT.label());
        return value == null ? new Outcome(Decision.ALLOW, Terms.NONE) : new ThenReader(words, approvers).read(value);
    }
}
