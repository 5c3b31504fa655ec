package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.decision.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How many rows may be changed little by little.
 *
 * @param rows how the sum is to stand to a number: of what was done, and of what is about to be
 * @param within how long what was done counts
 * @param per whose sum it is
 * @param tables patterns of the tables that count together; empty for those that the statement itself changes
 */
public record Budget(Comparison rows, Duration within, Attribute per, List<NamePattern> tables) {
    public Budget {
        tables = List.copyOf(tables);
    }

    /** Whether rows of {@code table} count for a statement that changes {@code targets}. */
    public boolean counts(TableName table, List<TableName> targets) {
        return tables.isEmpty()
                ? targets.stream().anyMatch(target -> mayBeSame(target, table))
                : tables.stream().anyMatch(pattern -> pattern.matches(table));
    }

    /** The search path is not known: without its schema a name may mean the table of any. */
    private static boolean mayBeSame(TableName one, TableName other) {
        return one.name().equals(other.name())
                && (one.schema() == null
                        || other.schema() == null
                        || one.schema().equals(other.schema()));
    }

    String described() {
        String whose = per == Attribute.DATABASE ? "everybody" : "the " + per.label();
        String which = tables.isEmpty()
                ? "its tables"
                : "tables like " + tables.stream().map(NamePattern::toString).collect(Collectors.joining(" or "));
        return "with it " + whose + " has changed " + rows.described() + " rows of " + which + " in this way within "
                + DurationText.of(within);
    }
}
