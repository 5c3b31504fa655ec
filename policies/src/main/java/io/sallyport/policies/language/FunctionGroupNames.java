package io.sallyport.policies.language;

import io.sallyport.policies.analysis.FunctionGroup;
import io.sallyport.policies.document.DocumentNode.Entry;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.rule.FunctionPattern;
import io.sallyport.policies.rule.NameCondition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The built-in groups of functions, and what a policy adds under {@code function_groups}: to one of them or as one of its own. */
public final class FunctionGroupNames {
    static final Map<String, FunctionGroup> BUILT_IN =
            Arrays.stream(FunctionGroup.values()).collect(Collectors.toMap(FunctionGroup::label, group -> group));

    private final Map<String, List<FunctionPattern>> own = new HashMap<>();

    /** Several files may add to one group. */
    public void add(Entry group, Words words) {
        List<FunctionPattern> patterns = own.computeIfAbsent(group.key().value(), name -> new ArrayList<>());
        for (Scalar text : words.texts(group.value(), "a function such as app.purge_*, or a list of them")) {
            patterns.add(FunctionPattern.parse(text.value()));
        }
    }

    NameCondition.FunctionGroups condition(List<Scalar> names, Words words) {
        Set<FunctionGroup> groups = EnumSet.noneOf(FunctionGroup.class);
        List<FunctionPattern> patterns = new ArrayList<>();
        for (Scalar name : names) {
            FunctionGroup group = BUILT_IN.get(name.value());
            List<FunctionPattern> added = own.get(name.value());
            if (group != null) {
                groups.add(group);
            }
            if (added != null) {
                patterns.addAll(added);
            }
            if (group == null && added == null) {
                Set<String> known = new TreeSet<>(BUILT_IN.keySet());
                known.addAll(own.keySet());
                words.unknown(name, known, "function group");
            }
        }
        return new NameCondition.FunctionGroups(
                groups, List.copyOf(patterns), names.stream().map(Scalar::value).collect(Collectors.joining(" or ")));
    }
}
