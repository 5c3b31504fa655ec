package io.sallyport.policies.rule;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What has to be counted so that the budgets of a policy can be asked.
 *
 * @param spans whose sums are kept, and for how long
 * @param actions what is counted
 */
public record BudgetNeeds(Set<Span> spans, Set<RowAction> actions) {
    public static final BudgetNeeds NONE = new BudgetNeeds(Set.of(), Set.of());

    /** Of whom, and how long it counts. */
    public record Span(Attribute per, Duration within) {}

    public BudgetNeeds {
        spans = Set.copyOf(spans);
        actions = Set.copyOf(actions);
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    public static BudgetNeeds of(Collection<Rule> rules) {
        Set<Span> spans = new HashSet<>();
        Set<RowAction> actions = EnumSet.noneOf(RowAction.class);
        for (Rule rule : rules) {
            List<Budget> budgets = rule.when().budgets();
            budgets.forEach(budget -> spans.add(new Span(budget.per(), budget.within())));
            if (!budgets.isEmpty()) {
                rule.when().kinds().forEach(kind -> actions.addAll(RowAction.of(kind)));
            }
        }
        return spans.isEmpty() ? NONE : new BudgetNeeds(spans, actions);
    }
}
