package io.sallyport.proxy.impact;

import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.decision.DurationText;
import io.sallyport.policies.rule.Attribute;
import io.sallyport.policies.rule.Budget;
import io.sallyport.policies.rule.BudgetSource;
import io.sallyport.policies.rule.RowAction;
import io.sallyport.policies.rule.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** A sum of rows in words, for people. */
public final class BudgetText {
    private static final int MOST_TABLES = 5;

    private BudgetText() {}

    /**
     * {@code alice deleted 985 rows of users in the last 1h; with this about 1,005}.
     *
     * @param done rows so far
     * @param all with those that are meant now
     */
    public static String of(
            Budget budget, RowAction action, List<TableName> targets, Subject subject, long done, long all) {
        String of = " of " + tables(budget, targets);
        String last = " in the last " + DurationText.of(budget.within());
        String who = who(budget.per(), subject);
        if (done == BudgetSource.UNKNOWN) {
            return "how many rows" + of + " " + who + " " + action.label() + last + " is not known";
        }
        String with = all == BudgetSource.UNKNOWN
                ? "; how many with this is not known"
                : String.format(Locale.ROOT, "; with this about %,d", all);
        return who + " " + action.label() + String.format(Locale.ROOT, " %,d %s", done, done == 1 ? "row" : "rows") + of
                + last + with;
    }

    private static String who(Attribute per, Subject subject) {
        String who = Objects.requireNonNullElse(per.of(subject), "");
        return switch (per) {
            case USER -> who;
            case DATABASE -> "everybody";
            case APPLICATION -> "application \"" + who + "\"";
            case CERTIFICATE -> who.isEmpty() ? "who has no certificate" : who;
        };
    }

    private static String tables(Budget budget, List<TableName> targets) {
        List<?> names = budget.tables().isEmpty() ? targets : budget.tables();
        String all = names.stream().limit(MOST_TABLES).map(Object::toString).collect(Collectors.joining(", "));
        return names.size() > MOST_TABLES ? all + ", …" : all;
    }
}
