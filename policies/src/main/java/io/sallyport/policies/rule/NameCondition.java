package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.FunctionGroup;
import io.sallyport.policies.analysis.ObjectName;
import io.sallyport.policies.analysis.SettingChange;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.TableName;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** What the statement names: one of its names is like one of the patterns. */
public sealed interface NameCondition extends StatementCondition {
    record Tables(List<NamePattern> patterns) implements NameCondition {
        @Override
        public boolean holds(StatementFacts statement) {
            return any(statement.tables(), patterns, (TableName name, NamePattern pattern) -> pattern.matches(name));
        }

        @Override
        public String described() {
            return "it names a table like " + listed(patterns);
        }
    }

    record Objects(List<ObjectPattern> patterns) implements NameCondition {
        @Override
        public boolean holds(StatementFacts statement) {
            return any(
                    statement.objects(), patterns, (ObjectName name, ObjectPattern pattern) -> pattern.matches(name));
        }

        @Override
        public String described() {
            return "it creates, alters or drops " + listed(patterns);
        }
    }

    record Functions(List<FunctionPattern> patterns) implements NameCondition {
        @Override
        public boolean holds(StatementFacts statement) {
            return any(
                    statement.functions(), patterns, (String name, FunctionPattern pattern) -> pattern.matches(name));
        }

        @Override
        public String described() {
            return "it calls a function like " + listed(patterns);
        }
    }

    /**
     * @param own functions that the policy added to the groups
     * @param source the groups as the policy names them
     */
    record FunctionGroups(Set<FunctionGroup> groups, List<FunctionPattern> own, String source)
            implements NameCondition {
        @Override
        public boolean holds(StatementFacts statement) {
            List<String> functions = statement.functions();
            for (int i = 0; i < functions.size(); i++) {
                for (FunctionGroup group : FunctionGroup.of(functions.get(i))) {
                    if (groups.contains(group)) {
                        return true;
                    }
                }
            }
            return any(functions, own, (String name, FunctionPattern pattern) -> pattern.matches(name));
        }

        @Override
        public String described() {
            return "it calls a function of the group " + source;
        }
    }

    record Settings(List<SettingPattern> patterns) implements NameCondition {
        @Override
        public boolean holds(StatementFacts statement) {
            return any(
                    statement.settings(),
                    patterns,
                    (SettingChange change, SettingPattern pattern) -> pattern.matches(change));
        }

        @Override
        public String described() {
            return "it changes the setting " + listed(patterns);
        }
    }

    /** By index: a statement is judged without garbage. */
    private static <N, P> boolean any(List<N> names, List<P> patterns, BiPredicate<N, P> matches) {
        for (int i = 0; i < names.size(); i++) {
            for (int j = 0; j < patterns.size(); j++) {
                if (matches.test(names.get(i), patterns.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String listed(List<?> patterns) {
        return patterns.stream().map(Object::toString).collect(Collectors.joining(" or "));
    }
}
