package io.sallyport.policies.language;

import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.Position;
import io.sallyport.policies.rule.Combination;
import io.sallyport.policies.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules in the order in which they are asked. */
public final class RulesReader {
    private static final Set<String> KEYS = Set.of("name", "when", "then");

    private final Scope scope;
    private final Words words;
    private final Map<String, Position> names = new HashMap<>();

    public RulesReader(Scope scope) {
        this.scope = scope;
        this.words = scope.words();
    }

    public List<Rule> rules(List<DocumentNode> nodes) {
        List<Rule> rules = new ArrayList<>();
        for (DocumentNode node : nodes) {
            Rule rule = rule(node);
            if (rule != null) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private @Nullable Rule rule(DocumentNode node) {
        Mapping mapping = words.mapping(node, "a rule with name, when and then, or {include: FILE}");
        if (mapping == null) {
            return null;
        }
        words.checkKeys(mapping, KEYS, "a rule");
        String name = name(mapping);
        DocumentNode when = required(mapping, "when");
        DocumentNode then = required(mapping, "then");
        Combination.All conditions = when == null ? null : WhenReader.read(when, scope);
        Outcome outcome = then == null ? null : new ThenReader(words, scope.approvers()).read(then);
        return name == null || outcome == null || conditions == null
                ? null
                : new Rule(conditions, outcome.by(name), mapping.position());
    }

    private @Nullable DocumentNode required(Mapping mapping, String key) {
        DocumentNode value = mapping.get(key);
        if (value == null) {
            scope.problems().add(mapping, "the rule has no '" + key + "'");
        }
        return value;
    }

    private @Nullable String name(Mapping mapping) {
        DocumentNode value = required(mapping, "name");
        Scalar name = value == null ? null : words.text(value, "a name for the rule");
        if (name == null) {
            return null;
        }
        Position first = names.putIfAbsent(name.value(), name.position());
        if (first != null) {
            scope.problems()
                    .add(
                            name,
                            "a rule '" + name.value() + "' is already in "
                                    + first.from(name.position().file()));
        }
        return name.value();
    }
}
