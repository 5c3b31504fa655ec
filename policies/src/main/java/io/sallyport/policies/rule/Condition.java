package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One line under {@code when}. What cannot be told is an exception, never "does not hold": an exception is a refusal. */
public sealed interface Condition
        permits StatementCondition,
                SubjectCondition,
                TimeCondition,
                ImpactCondition,
                BudgetCondition,
                Combination,
                Expression {
    Set<StatementKind> EVERY_KIND = Collections.unmodifiableSet(EnumSet.allOf(StatementKind.class));

    boolean holds(StatementFacts statement, Circumstances circumstances);

    /** In words, to follow "when". */
    String described();

    /** Whether it needs {@link Subject#roles}. */
    default boolean asksRoles() {
        return false;
    }

    /** The sums that it asks for. */
    default List<Budget> budgets() {
        return List.of();
    }

    /** It can hold for statements of these kinds alone. */
    default Set<StatementKind> kinds() {
        return EVERY_KIND;
    }

    /** Whether it holds for every statement of its {@link #kinds}, whatever else. */
    default boolean kindsAlone() {
        return false;
    }

    /** Whether it surely holds wherever {@code other} does. */
    default boolean impliedBy(Condition other) {
        return equals(other);
    }
}
