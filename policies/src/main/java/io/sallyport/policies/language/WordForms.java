package io.sallyport.policies.language;

import io.sallyport.policies.analysis.StatementClass;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.analysis.Where;
import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.rule.Glob;
import io.sallyport.policies.rule.KindGroup;
import io.sallyport.policies.rule.KindSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Values that are words of the language. */
final class WordForms {
    private static final Map<String, StatementKind> BY_KIND = byLabel(StatementKind.values(), StatementKind::label);
    private static final Map<String, KindGroup> BY_GROUP = byLabel(KindGroup.values(), KindGroup::label);

    /** Kinds by name, or by a glob such as {@code drop_*} that must fit at least one. */
    static final ValueForm<KindSet> KINDS =
            new ValueForm<>(WordForms::kinds, Schemas.reference(SchemaDefinitions.KINDS));

    static final ValueForm<KindSet> GROUPS =
            new ValueForm<>(WordForms::groups, Schemas.oneOrMore(Schemas.words(BY_GROUP.keySet())));

    static final ValueForm<Set<StatementClass>> CLASSES =
            known("class", byLabel(StatementClass.values(), StatementClass::label));

    static final ValueForm<Set<Where>> WHERES = known("value of 'where'", byLabel(Where.values(), Where::label));

    static final ValueForm<Boolean> TRUTH =
            new ValueForm<>((node, scope) -> scope.words().truth(node), Schemas.truth());

    private WordForms() {}

    /** A kind, or a glob. */
    static Map<String, Object> kindSchema() {
        return Schemas.anyOf(List.of(Schemas.words(BY_KIND.keySet()), Schemas.pattern("[*?]")));
    }

    private static KindSet kinds(DocumentNode node, Scope scope) {
        Set<StatementKind> kinds = new LinkedHashSet<>();
        List<String> source = new ArrayList<>();
        for (Scalar text : scope.words().texts(node, "a kind of statement, or a list of them")) {
            Glob glob = new Glob(text.value());
            List<StatementKind> fitting = BY_KIND.entrySet().stream()
                    .filter(kind -> glob.matches(kind.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            if (fitting.isEmpty()) {
                scope.words().unknown(text, BY_KIND.keySet(), "kind");
            }
            kinds.addAll(fitting);
            source.add(text.value());
        }
        return new KindSet(kinds, String.join(" or ", source));
    }

    private static KindSet groups(DocumentNode node, Scope scope) {
        Set<StatementKind> kinds = new LinkedHashSet<>();
        List<String> source = new ArrayList<>();
        for (Scalar text : scope.words().texts(node, "a group of kinds, or a list of them")) {
            KindGroup group = BY_GROUP.get(text.value());
            if (group == null) {
                scope.words().unknown(text, BY_GROUP.keySet(), "group");
            } else {
                kinds.addAll(group.kinds().kinds());
                source.add(text.value());
            }
        }
        return new KindSet(kinds, "of the group " + String.join(" or ", source));
    }

    private static <T> ValueForm<Set<T>> known(String what, Map<String, T> values) {
        return new ValueForm<>(
                (node, scope) -> {
                    Set<T> found = new LinkedHashSet<>();
                    for (Scalar text : scope.words().texts(node, "a " + what + ", or a list")) {
                        T match = values.get(text.value());
                        if (match == null) {
                            scope.words().unknown(text, values.keySet(), what);
                        } else {
                            found.add(match);
                        }
                    }
                    return found;
                },
                Schemas.oneOrMore(Schemas.words(values.keySet())));
    }

    private static <T> Map<String, T> byLabel(T[] values, Function<T, String> label) {
        return List.of(values).stream()
                .collect(Collectors.toMap(label, value -> value, (a, b) -> a, LinkedHashMap::new));
    }
}
