package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Conditions made of conditions. */
public sealed interface Combination extends Condition {
    /** All of the conditions hold. */
    record All(List<Condition> conditions) implements Combination {
        @Override
        public boolean holds(StatementFacts statement, Circumstances circumstances) {
            for (int i = 0; i < conditions.size(); i++) {
                if (!conditions.get(i).holds(statement, circumstances)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Set<StatementKind> kinds() {
            Set<StatementKind> kinds = EnumSet.allOf(StatementKind.class);
            conditions.forEach(condition -> kinds.retainAll(condition.kinds()));
            return kinds;
        }

        @Override
        public boolean kindsAlone() {
            return conditions.stream().allMatch(Condition::kindsAlone);
        }

        @Override
        public List<Budget> budgets() {
            return conditions.stream()
                    .flatMap(condition -> condition.budgets().stream())
                    .toList();
        }

        @Override
        public boolean asksRoles() {
            return conditions.stream().anyMatch(Condition::asksRoles);
        }

        /** Each of them is implied by {@code other} or, where that is a conjunction too, by a part of it. */
        @Override
        public boolean impliedBy(Condition other) {
            List<Condition> given = other instanceof All all ? all.conditions : List.of(other);
            return conditions.stream().allMatch(mine -> given.stream().anyMatch(mine::impliedBy));
        }

        @Override
        public String described() {
            return conditions.stream().map(Condition::described).collect(Collectors.joining(" and "));
        }
    }

    record Not(Condition condition) implements Combination {
        @Override
        public boolean holds(StatementFacts statement, Circumstances circumstances) {
            return !condition.holds(statement, circumstances);
        }

        @Override
        public Set<StatementKind> kinds() {
            if (!condition.kindsAlone()) {
                return EVERY_KIND;
            }
            Set<StatementKind> kinds = EnumSet.allOf(StatementKind.class);
            kinds.removeAll(condition.kinds());
            return kinds;
        }

        @Override
        public boolean kindsAlone() {
            return condition.kindsAlone();
        }

        @Override
        public List<Budget> budgets() {
            return condition.budgets();
        }

        @Override
        public boolean asksRoles() {
            return condition.asksRoles();
        }

        @Override
        public String described() {
            return "not (" + condition.described() + ")";
        }
    }

    record AnyOf(List<Condition> conditions) implements Combination {
        @Override
        public boolean holds(StatementFacts statement, Circumstances circumstances) {
            for (int i = 0; i < conditions.size(); i++) {
                if (conditions.get(i).holds(statement, circumstances)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Set<StatementKind> kinds() {
            Set<StatementKind> kinds = EnumSet.noneOf(StatementKind.class);
            conditions.forEach(condition -> kinds.addAll(condition.kinds()));
            return kinds;
        }

        @Override
        public boolean kindsAlone() {
            return conditions.stream().allMatch(Condition::kindsAlone);
        }

        @Override
        public List<Budget> budgets() {
            return conditions.stream()
                    .flatMap(condition -> condition.budgets().stream())
                    .toList();
        }

        @Override
        public boolean asksRoles() {
            return conditions.stream().anyMatch(Condition::asksRoles);
        }

        @Override
        public boolean impliedBy(Condition other) {
            return equals(other) || conditions.stream().anyMatch(mine -> mine.impliedBy(other));
        }

        @Override
        public String described() {
            return conditions.stream()
                    .map(condition -> "(" + condition.described() + ")")
                    .collect(Collectors.joining(" or ", "either ", ""));
        }
    }
}
