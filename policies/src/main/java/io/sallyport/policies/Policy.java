package io.sallyport.policies;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.approval.People;
import io.sallyport.policies.decision.SafetyNet;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.effects.EffectRule;
import io.sallyport.policies.effects.EffectRules;
import io.sallyport.policies.rule.BudgetNeeds;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ordered rules. The first that matches decides; when none does, the default. Immutable. */
public final class Policy {
    private static final String BUILT_IN = "default-policy.yaml";

    private static final Set<StatementKind> REPLICATION = Set.of(
            StatementKind.REPLICATION,
            StatementKind.CREATE_REPLICATION_SLOT,
            StatementKind.ALTER_REPLICATION_SLOT,
            StatementKind.DROP_REPLICATION_SLOT,
            StatementKind.SHOW);

    private final List<Rule> rules;
    private final Verdict otherwise;
    private final boolean observes;
    private final People people;
    private final EffectRules effects;
    private final boolean asksRoles;
    private final BudgetNeeds budgets;
    private final RuleTable table;

    Policy(List<Rule> rules, Verdict otherwise, boolean observes, People people, EffectRules effects) {
        this.rules = List.copyOf(rules);
        this.otherwise = otherwise;
        this.observes = observes;
        this.people = people;
        this.effects = effects;
        this.asksRoles = effects.asksRoles()
                || rules.stream().anyMatch(rule -> rule.when().asksRoles());
        this.budgets = BudgetNeeds.of(rules);
        this.table = new RuleTable(rules, otherwise);
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

    /**
     * The strictest verdict on the statement and on each write inside it; the statement's own when they are alike. Throws when some rule asks what
     * is not known, or its expression has no value: the statement must then be refused.
     */
    public Verdict decide(StatementFacts statement, Circumstances circumstances) {
        Verdict verdict = table.firstMatch(statement, circumstances);
        List<StatementFacts> nested = statement.nested();
        for (int i = 0; i < nested.size(); i++) {
            verdict = verdict.strictest(decide(nested.get(i), circumstances));
        }
        return verdict;
    }

    /**
     * What is decided of a replication session that begins. It reads everything and no rule about tables sees it, so only a rule about replication
     * and nothing else allows it.
     *
     * @return null where the first rule that matches is about other kinds too, or where none matches
     */
    public @Nullable Verdict decideReplication(StatementFacts startup, Circumstances circumstances) {
        for (Rule rule : rules) {
            if (rule.matches(startup, circumstances)) {
                return REPLICATION.containsAll(rule.when().kinds()) ? rule.verdict() : null;
            }
        }
        return null;
    }

    /** Whether some rule asks for {@code Subject.roles}. */
    public boolean asksRoles() {
        return asksRoles;
    }

    /** What has to be counted for its rules. */
    public BudgetNeeds budgets() {
        return budgets;
    }

    /** Whose transactions are looked at before they commit, and what is decided then. */
    public EffectRules effects() {
        return effects;
    }

    /** The safety nets that any of its rules asks for, with the rule that is the first to. */
    public Map<SafetyNet, String> safetyNets() {
        Map<SafetyNet, String> asked = new EnumMap<>(SafetyNet.class);
        Stream.of(
                        rules.stream().map(Rule::verdict),
                        effects.rules().stream().map(EffectRule::verdict),
                        Stream.of(otherwise))
                .flatMap(verdicts -> verdicts)
                .forEach(verdict ->
                        verdict.terms().safety().asked().forEach(net -> asked.putIfAbsent(net, verdict.rule())));
        return asked;
    }

    /** Which roles and certificates are one human. */
    public People people() {
        return people;
    }

    /** Whether verdicts are to be recorded and not carried out: {@code mode: observe}. */
    public boolean observes() {
        return observes;
    }

    /** What holds where no rule matches. */
    public Verdict otherwise() {
        return otherwise;
    }

    /** In the order in which they are asked. */
    public List<RuleText> rules() {
        return rules.stream().map(Policy::text).toList();
    }

    /**
     * How the rules answer to the statement by itself, without the writes inside it: in order, the last one is the one that matches, if one does.
     */
    public List<RuleTrial> trials(StatementFacts statement, Circumstances circumstances) {
        List<RuleTrial> trials = new ArrayList<>();
        for (Rule rule : rules) {
            String failed = rule.failed(statement, circumstances);
            trials.add(new RuleTrial(text(rule), failed));
            if (failed == null) {
                break;
            }
        }
        return trials;
    }

    private static RuleText text(Rule rule) {
        return new RuleText(
                rule.verdict().rule(),
                rule.position().file(),
                rule.position().line(),
                rule.verdict().decision(),
                rule.described());
    }

    /** One line a rule, in words, one for the default, and one where the policy only observes. */
    public String describe() {
        StringBuilder out = new StringBuilder();
        for (RuleText rule : rules()) {
            out.append(rule.name()).append(": ").append(rule.sentence()).append('\n');
        }
        out.append("everything else: ").append(otherwise.described()).append('\n');
        effects.described().forEach(line -> out.append(line).append('\n'));
        people.described().forEach(line -> out.append(line).append('\n'));
        if (observes) {
            out.append("This policy observes: it decides and records, and lets everything pass.\n");
        }
        return out.toString();
    }
}
