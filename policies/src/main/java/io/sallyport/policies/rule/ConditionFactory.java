package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementClass;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.analysis.Where;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Entry;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Conditions from the mapping under {@code when}. */
final class ConditionFactory {
    private static final Set<String> KEYS = Set.of(
            "kind", "class", "where", "tables", "nested", "user", "database", "application", "readable", "destructive");
    private static final Map<String, StatementKind> KINDS = byLabel(StatementKind.values(), StatementKind::label);
    private static final Map<String, StatementClass> CLASSES = byLabel(StatementClass.values(), StatementClass::label);
    private static final Map<String, Where> WHERE = byLabel(Where.values(), Where::label);

    private final Words words;
    private final Problems problems;

    ConditionFactory(Problems problems) {
        this.words = new Words(problems);
        this.problems = problems;
    }

    List<Condition> read(DocumentNode when) {
        Mapping mapping = words.mapping(when, "conditions such as {kind: delete}");
        List<Condition> conditions = new ArrayList<>();
        if (mapping == null) {
            return conditions;
        }
        words.checkKeys(mapping, KEYS, "'when'");
        for (Entry entry : mapping.entries()) {
            Condition condition = condition(entry.key().value(), entry.value());
            if (condition != null) {
                conditions.add(condition);
            }
        }
        if (mapping.entries().isEmpty()) {
            problems.add(when, "no condition under 'when': what shall hold for every statement belongs in 'default'");
        }
        return conditions;
    }

    private @Nullable Condition condition(String key, DocumentNode value) {
        return switch (key) {
            case "kind" -> new Condition.Kind(kinds(value), source(value));
            case "nested" -> new Condition.Nested(kinds(value), source(value));
            case "class" -> new Condition.OfClass(known(value, CLASSES, "class"));
            case "where" -> new Condition.WhereIs(known(value, WHERE, "value of 'where'"));
            case "tables" -> new Condition.Tables(tables(value));
            case "user" -> new Condition.Who(Attribute.USER, globs(value, key));
            case "database" -> new Condition.Who(Attribute.DATABASE, globs(value, key));
            case "application" -> new Condition.Who(Attribute.APPLICATION, globs(value, key));
            case "readable" -> new Condition.CanBeRead(words.truth(value, key));
            case "destructive" -> new Condition.Destructive(words.truth(value, key));
            default -> null;
        };
    }

    /** Kinds by name, or by a glob such as {@code drop_*} that must fit at least one. */
    private Set<StatementKind> kinds(DocumentNode value) {
        Set<StatementKind> kinds = new LinkedHashSet<>();
        for (Scalar text : words.texts(value, "a kind of statement, or a list of them")) {
            Glob glob = new Glob(text.value());
            boolean fits = false;
            for (Map.Entry<String, StatementKind> kind : KINDS.entrySet()) {
                if (glob.matches(kind.getKey())) {
                    kinds.add(kind.getValue());
                    fits = true;
                }
            }
            if (!fits) {
                words.unknown(text, KINDS.keySet(), "kind");
            }
        }
        return kinds;
    }

    private <T> Set<T> known(DocumentNode value, Map<String, T> values, String what) {
        Set<T> found = new LinkedHashSet<>();
        for (Scalar text : words.texts(value, "a " + what + ", or a list")) {
            T match = values.get(text.value());
            if (match == null) {
                words.unknown(text, values.keySet(), what);
            } else {
                found.add(match);
            }
        }
        return found;
    }

    private List<TablePattern> tables(DocumentNode value) {
        List<TablePattern> patterns = new ArrayList<>();
        for (Scalar text : words.texts(value, "a table such as app.users or audit.*, or a list of them")) {
            TablePattern pattern = TablePattern.parse(text.value());
            if (pattern == null) {
                problems.add(
                        text,
                        "'" + text.value() + "' is no table pattern; expected table, schema.table or \"Exact Name\"");
            } else {
                patterns.add(pattern);
            }
        }
        return patterns;
    }

    private List<Glob> globs(DocumentNode value, String key) {
        return words.texts(value, "a " + key + " or a pattern such as app_*, or a list of them").stream()
                .map(text -> new Glob(text.value()))
                .toList();
    }

    private static String source(DocumentNode value) {
        // Problems were reported when the kinds were read; here they would be doubled.
        return new Words(new Problems())
                .texts(value, "a kind").stream().map(Scalar::value).collect(Collectors.joining(" or "));
    }

    private static <T> Map<String, T> byLabel(T[] values, Function<T, String> label) {
        Map<String, T> map = new LinkedHashMap<>();
        for (T value : values) {
            map.put(label.apply(value), value);
        }
        return map;
    }
}
