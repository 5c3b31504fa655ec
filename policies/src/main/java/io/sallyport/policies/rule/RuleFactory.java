package io.sallyport.policies.rule;

import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Entry;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.DocumentNode.Sequence;
import io.sallyport.policies.document.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules from the list under {@code rules}. */
public final class RuleFactory {
    private static final Set<String> KEYS = Set.of("name", "when", "then");
    private static final Map<String, Decision> DECISIONS =
            Arrays.stream(Decision.values()).collect(Collectors.toMap(Decision::label, decision -> decision));

    private record Outcome(Decision decision, Terms terms) {}

    private final Problems problems;
    private final Words words;
    private final Map<String, Integer> lineOfName = new HashMap<>();

    public RuleFactory(Problems problems) {
        this.problems = problems;
        this.words = new Words(problems);
    }

    public List<Rule> rules(DocumentNode node) {
        List<Rule> rules = new ArrayList<>();
        if (!(node instanceof Sequence sequence) || sequence.items().isEmpty()) {
            problems.add(
                    node,
                    "rules: expected a list of rules, found "
                            + (node instanceof Sequence ? "an empty list" : node.described()));
            return rules;
        }
        for (DocumentNode item : sequence.items()) {
            Rule rule = rule(item);
            if (rule != null) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private @Nullable Rule rule(DocumentNode node) {
        Mapping mapping = words.mapping(node, "a rule with name, when and then");
        if (mapping == null) {
            return null;
        }
        words.checkKeys(mapping, KEYS, "a rule");
        String name = name(mapping);
        DocumentNode when = required(mapping, "when");
        DocumentNode then = required(mapping, "then");
        List<Condition> conditions = when == null ? List.of() : new ConditionFactory(problems).read(when);
        Outcome outcome = then == null ? null : outcome(then);
        return name == null || outcome == null
                ? null
                : new Rule(conditions, new Verdict(outcome.decision(), name, outcome.terms()));
    }

    private @Nullable DocumentNode required(Mapping mapping, String key) {
        DocumentNode value = Words.value(mapping, key);
        if (value == null) {
            problems.add(mapping, "the rule has no '" + key + "'");
        }
        return value;
    }

    private @Nullable String name(Mapping mapping) {
        DocumentNode value = required(mapping, "name");
        Scalar name = value == null ? null : words.text(value, "a name for the rule");
        if (name == null) {
            return null;
        }
        Integer line = lineOfName.putIfAbsent(name.value(), name.position().line());
        if (line != null) {
            problems.add(name, "a rule '" + name.value() + "' is already in line " + line);
        }
        return name.value();
    }

    /** {@code hold}, or {@code {hold: {message: "…"}}}. */
    private @Nullable Outcome outcome(DocumentNode then) {
        if (then instanceof Mapping mapping && mapping.entries().size() == 1) {
            Entry entry = mapping.entries().get(0);
            Decision decision = decision(entry.key());
            Mapping details = words.mapping(entry.value(), "details such as {message: \"…\"}");
            if (details == null) {
                return null;
            }
            words.checkKeys(details, Set.of("message"), "'" + entry.key().value() + "'");
            DocumentNode message = Words.value(details, "message");
            Scalar text = message == null ? null : words.text(message, "a message");
            return decision == null ? null : new Outcome(decision, Terms.message(text == null ? null : text.value()));
        }
        Scalar word = words.text(then, "one decision: allow, hold or deny");
        Decision decision = word == null ? null : decision(word);
        return decision == null ? null : new Outcome(decision, Terms.NONE);
    }

    /** The decision that a word names; a problem when it names none. */
    public @Nullable Decision decision(Scalar word) {
        Decision decision = DECISIONS.get(word.value());
        if (decision == null) {
            words.unknown(word, DECISIONS.keySet(), "decision");
        }
        return decision;
    }
}
