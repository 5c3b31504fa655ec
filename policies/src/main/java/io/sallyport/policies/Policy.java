package io.sallyport.policies;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Ordered rules. The first that matches decides; when none does, the default. Immutable. */
public final class Policy {
    private static final String BUILT_IN = "default-policy.yaml";

    private final List<Rule> rules;
    private final Verdict otherwise;
    private final boolean asksRoles;

    Policy(List<Rule> rules, Decision otherwise) {
        this.rules = List.copyOf(rules);
        this.asksRoles = rules.stream().anyMatch(Rule::asksRoles);
        this.otherwise = new Verdict(otherwise, "default", Terms.NONE);
    }

    private static final class BuiltIn {
        static final Policy POLICY = parse(builtInText());

        private static Policy parse(String yaml) {
            PolicyReading reading = PolicyReader.read(yaml, BUILT_IN);
            Policy policy = reading.policy();
            if (policy == null) {
                throw new IllegalStateException("the built-in policy is broken: " + reading.problems());
            }
            return policy;
        }
    }

    /** The policy that protects a stranger who configures nothing. */
    public static Policy builtIn() {
        return BuiltIn.POLICY;
    }

    /** The built-in policy as YAML with comments. */
    public static String builtInText() {
        try (InputStream in = Policy.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException(BUILT_IN + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The strictest verdict on the statement and on each write inside it; the statement's own when they are alike. */
    public Verdict decide(StatementFacts statement, Circumstances circumstances) {
        Verdict verdict = firstMatch(statement, circumstances);
        for (StatementFacts inner : statement.nested()) {
            verdict = verdict.strictest(decide(inner, circumstances));
        }
        return verdict;
    }

    private Verdict firstMatch(StatementFacts statement, Circumstances circumstances) {
        for (Rule rule : rules) {
            if (rule.matches(statement, circumstances)) {
                return rule.verdict();
            }
        }
        return otherwise;
    }

    /** Whether some rule asks for {@code Subject.roles}. */
    public boolean asksRoles() {
        return asksRoles;
    }

    /** Whether it decides and records only, and stops nothing. */
    public boolean observes() {
        return false;
    }

    /** One line a rule, in words, and one for the default. */
    public String describe() {
        StringBuilder out = new StringBuilder();
        for (Rule rule : rules) {
            out.append(rule.described()).append('\n');
        }
        return out.append("everything else: ")
                .append(otherwise.decision().label())
                .append('\n')
                .toString();
    }
}
