package io.sallyport.policies.language;

import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.DocumentNode.Sequence;
import io.sallyport.policies.effects.EffectCount;
import io.sallyport.policies.effects.EffectRule;
import io.sallyport.policies.effects.EffectRules;
import io.sallyport.policies.rule.Combination;
import io.sallyport.policies.rule.Comparison;
import io.sallyport.policies.rule.NamePattern;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands under {@code effects}: for whom the server is asked before COMMIT what really changed, and what is decided then. */
public final class EffectsReader {
    private static final String TABLES = "tables";
    private static final String CATALOGS = "catalogs";
    private static final String LOCKS = "locks";

    /** What may be asked about who did it, and when: nothing about a statement. */
    private static final List<ConditionKey> WHO = List.of(
            ConditionKey.USER,
            ConditionKey.DATABASE,
            ConditionKey.APPLICATION,
            ConditionKey.CERTIFICATE,
            ConditionKey.CLIENT,
            ConditionKey.ROLE,
            ConditionKey.HOURS,
            ConditionKey.DAYS,
            ConditionKey.TIMEZONE);

    private static final Set<String> WHO_LABELS = labels(Set.of());
    private static final Set<String> WHEN_LABELS =
            labels(EffectsReader.ofEffects().keySet());

    private final Scope scope;
    private final Words words;
    private final Set<String> names = new HashSet<>();

    public EffectsReader(Scope scope) {
        this.scope = scope;
        this.words = scope.words();
    }

    private static Set<String> labels(Set<String> more) {
        Set<String> labels = new LinkedHashSet<>(more);
        WHO.forEach(key -> labels.add(key.label()));
        return labels;
    }

    public EffectRules read(@Nullable DocumentNode node) {
        Mapping mapping = node == null ? null : words.mapping(node, "gate and rules");
        if (mapping == null) {
            return EffectRules.NONE;
        }
        words.checkKeys(mapping, Set.of("gate", "rules"), "'effects'");
        DocumentNode gate = required(mapping, "gate", "effects have");
        DocumentNode rules = required(mapping, "rules", "effects have");
        Combination.All who = gate == null ? null : who(gate);
        return new EffectRules(who, rules == null ? List.of() : rules(rules));
    }

    private Combination.@Nullable All who(DocumentNode node) {
        Mapping mapping = words.mapping(node, "conditions on who and when, such as {application: psql}");
        if (mapping == null) {
            return null;
        }
        words.checkKeys(mapping, WHO_LABELS, "'gate'");
        if (mapping.entries().isEmpty()) {
            scope.problems().add(node, "no condition here: for everybody write {user: \"*\"}");
        }
        return WhenReader.some(mapping, WHO, scope);
    }

    private List<EffectRule> rules(DocumentNode node) {
        if (!(node instanceof Sequence sequence) || sequence.items().isEmpty()) {
            scope.problems().add(node, "rules: expected a list of rules, found " + node.described());
            return List.of();
        }
        List<EffectRule> rules = new ArrayList<>();
        for (DocumentNode item : sequence.items()) {
            EffectRule rule = rule(item);
            if (rule != null) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private @Nullable EffectRule rule(DocumentNode node) {
        Mapping mapping = words.mapping(node, "a rule with name, when and then");
        if (mapping == null) {
            return null;
        }
        words.checkKeys(mapping, Set.of("name", "when", "then"), "a rule on effects");
        DocumentNode named = required(mapping, "name", "the rule has");
        DocumentNode when = required(mapping, "when", "the rule has");
        DocumentNode then = required(mapping, "then", "the rule has");
        Scalar name = named == null ? null : words.text(named, "a name for the rule");
        if (name != null && !names.add(name.value())) {
            scope.problems().add(name, "a rule on effects is called '" + name.value() + "' already");
        }
        Outcome outcome = then == null ? null : new ThenReader(words, scope.approvers()).read(then);
        Mapping conditions = when == null ? null : words.mapping(when, "conditions such as {deleted: \"> 12\"}");
        if (outcome != null
                && then != null
                && (outcome.decision() == Decision.DELAY || outcome.decision() == Decision.CONFIRM)) {
            scope.problems().add(then, "what was done already is allowed, held or denied");
        }
        return name == null || outcome == null || conditions == null ? null : rule(conditions, outcome, name.value());
    }

    private EffectRule rule(Mapping when, Outcome outcome, String name) {
        words.checkKeys(when, WHEN_LABELS, "'when' of a rule on effects");
        Map<EffectCount, Comparison> counts = new EnumMap<>(EffectCount.class);
        for (EffectCount count : EffectCount.values()) {
            DocumentNode node = when.get(count.label());
            Comparison comparison = node == null ? null : SubjectForms.COMPARISON.read(node, scope);
            if (comparison != null) {
                counts.put(count, comparison);
            }
        }
        DocumentNode tables = when.get(TABLES);
        List<NamePattern> patterns = tables == null ? null : NameForms.TABLES.read(tables, scope);
        boolean catalogs = is(when, CATALOGS);
        boolean locks = is(when, LOCKS);
        if (counts.isEmpty() && !catalogs && !locks) {
            scope.problems()
                    .add(
                            when,
                            "nothing of what was done is asked; expected one of "
                                    + String.join(", ", ofEffects().keySet()));
        } else if (patterns != null && counts.isEmpty()) {
            scope.problems().add(when, "tables: expected a number of rows beside it, such as {changed: \"> 0\"}");
        }
        return new EffectRule(
                WhenReader.some(when, WHO, scope),
                patterns == null ? List.of() : patterns,
                counts,
                catalogs,
                locks,
                outcome.by(name));
    }

    private boolean is(Mapping when, String key) {
        DocumentNode node = when.get(key);
        boolean is = node != null && words.truth(node);
        if (node != null && !is) {
            scope.problems().add(node, key + ": expected true; what shall not be asked is left out");
        }
        return is;
    }

    private @Nullable DocumentNode required(Mapping mapping, String key, String what) {
        DocumentNode value = mapping.get(key);
        if (value == null) {
            scope.problems().add(mapping, what + " no '" + key + "'");
        }
        return value;
    }

    private static Map<String, Object> ofEffects() {
        Map<String, Object> keys = new LinkedHashMap<>();
        for (EffectCount count : EffectCount.values()) {
            keys.put(count.label(), SubjectForms.COMPARISON.schema());
        }
        keys.put(TABLES, NameForms.TABLES.schema());
        keys.put(CATALOGS, Schemas.map("const", true));
        keys.put(LOCKS, Schemas.map("const", true));
        return keys;
    }

    static Map<String, Object> schema() {
        Map<String, Object> who = new LinkedHashMap<>();
        WHO.forEach(key -> who.put(key.label(), key.schema()));
        Map<String, Object> gate = Schemas.mapping(who, List.of());
        gate.put("minProperties", 1);
        Map<String, Object> when = ofEffects();
        when.putAll(who);
        Map<String, Object> rule = Schemas.mapping(
                Schemas.map(
                        "name",
                        Schemas.text(),
                        "when",
                        Schemas.mapping(when, List.of()),
                        "then",
                        Schemas.reference("decision")),
                List.of("name", "when", "then"));
        return Schemas.mapping(Schemas.map("gate", gate, "rules", Schemas.listOf(rule)), List.of("gate", "rules"));
    }
}
