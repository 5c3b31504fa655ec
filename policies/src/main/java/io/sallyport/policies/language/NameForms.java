package io.sallyport.policies.language;

import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.NearestWord;
import io.sallyport.policies.rule.FunctionPattern;
import io.sallyport.policies.rule.Glob;
import io.sallyport.policies.rule.NameCondition;
import io.sallyport.policies.rule.NamePattern;
import io.sallyport.policies.rule.ObjectPattern;
import io.sallyport.policies.rule.SettingPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values that are patterns for names in a statement. */
final class NameForms {
    /** What CREATE, ALTER and DROP work on, from the kinds' own names. */
    private static final Set<String> TYPES = Arrays.stream(StatementKind.values())
            .map(StatementKind::label)
            .filter(label -> label.matches("(create|alter|drop)_.*"))
            .map(label -> label.substring(label.indexOf('_') + 1))
            .collect(Collectors.toCollection(TreeSet::new));

    static final ValueForm<List<NamePattern>> TABLES =
            new ValueForm<>(NameForms::tables, Schemas.oneOrMore(Schemas.text()));

    static final ValueForm<List<ObjectPattern>> OBJECTS =
            new ValueForm<>(NameForms::objects, Schemas.oneOrMore(Schemas.text()));

    static final ValueForm<List<FunctionPattern>> FUNCTIONS = new ValueForm<>(
            (node, scope) -> scope.words().texts(node, "a function such as lo_unlink or dblink*, or a list").stream()
                    .map(text -> FunctionPattern.parse(text.value()))
                    .toList(),
            Schemas.oneOrMore(Schemas.text()));

    /** A policy may have groups of its own: any name may be one. */
    static final ValueForm<NameCondition.FunctionGroups> FUNCTION_GROUPS = new ValueForm<>(
            (node, scope) -> scope.functionGroups()
                    .condition(scope.words().texts(node, "a group of functions, or a list"), scope.words()),
            Schemas.oneOrMore(Schemas.anyOf(
                    List.of(Schemas.words(new TreeSet<>(FunctionGroupNames.BUILT_IN.keySet())), Schemas.text()))));

    static final ValueForm<List<SettingPattern>> SETTINGS = new ValueForm<>(
            NameForms::settings,
            Schemas.oneOrMore(Schemas.anyOf(List.of(
                    Schemas.words(List.of(SettingPattern.GUARDING)),
                    Schemas.text(),
                    Schemas.mapping(Schemas.map("name", Schemas.text(), "value", Schemas.text()), List.of("name"))))));

    private NameForms() {}

    private static List<NamePattern> tables(DocumentNode node, Scope scope) {
        List<NamePattern> patterns = new ArrayList<>();
        for (Scalar text : scope.words().texts(node, "a table such as app.users or audit.*, or a list of them")) {
            NamePattern pattern = NamePattern.parse(text.value());
            if (pattern == null) {
                scope.problems()
                        .add(
                                text,
                                "'" + text.value()
                                        + "' is no table pattern; expected table, schema.table or \"Exact Name\"");
            } else {
                patterns.add(pattern);
            }
        }
        return patterns;
    }

    private static List<ObjectPattern> objects(DocumentNode node, Scope scope) {
        List<ObjectPattern> patterns = new ArrayList<>();
        for (Scalar text : scope.words().texts(node, "an object such as \"database production_*\", or a list")) {
            ObjectPattern pattern = ObjectPattern.parse(text.value(), TYPES);
            if (pattern == null) {
                String type = text.value().split(" ", 2)[0];
                scope.problems()
                        .add(
                                text,
                                "'" + text.value() + "' is no object pattern; expected a name, or a type and a name as"
                                        + " in \"database production_*\"" + NearestWord.hint(type, TYPES));
            } else {
                patterns.add(pattern);
            }
        }
        return patterns;
    }

    private static List<SettingPattern> settings(DocumentNode node, Scope scope) {
        String what = "a setting such as search_path or {name: work_mem, value: \"*GB\"}, or a list";
        List<SettingPattern> patterns = new ArrayList<>();
        for (DocumentNode item : scope.words().items(node, what)) {
            if (item instanceof Mapping mapping) {
                SettingPattern pattern = withValue(mapping, scope);
                if (pattern != null) {
                    patterns.add(pattern);
                }
                continue;
            }
            Scalar text = scope.words().text(item, what);
            if (text != null && text.value().equals(SettingPattern.GUARDING)) {
                patterns.add(new SettingPattern.Guarding());
            } else if (text != null) {
                patterns.add(new SettingPattern.Named(folded(text), null));
            }
        }
        return patterns;
    }

    private static @Nullable SettingPattern withValue(Mapping mapping, Scope scope) {
        scope.words().checkKeys(mapping, Set.of("name", "value"), "a setting");
        DocumentNode name = mapping.get("name");
        DocumentNode value = mapping.get("value");
        Scalar nameText = name == null ? null : scope.words().text(name, "the setting's name");
        Scalar valueText = value == null ? null : scope.words().text(value, "the value, or a pattern for it");
        if (name == null) {
            scope.problems().add(mapping, "the setting has no 'name'");
        }
        return nameText == null
                ? null
                : new SettingPattern.Named(folded(nameText), valueText == null ? null : folded(valueText));
    }

    private static Glob folded(Scalar text) {
        return new Glob(text.value().toLowerCase(Locale.ROOT));
    }
}
