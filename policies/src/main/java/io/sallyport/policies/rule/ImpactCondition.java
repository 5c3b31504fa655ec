package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementClass;
import io.sallyport.policies.analysis.StatementFacts;

/** How many rows the statement would change. What nobody can tell is more than any limit. */
public sealed interface ImpactCondition extends Condition {
    boolean holds(Impact impact);

    @Override
    default boolean holds(StatementFacts statement, Circumstances circumstances) {
        return holds(impact(statement, circumstances));
    }

    /** Only statements that change rows are asked about; what others do to them is in their nested writes. */
    private static Impact impact(StatementFacts statement, Circumstances circumstances) {
        return switch (statement.kind()) {
            case INSERT, UPDATE, DELETE, MERGE, TRUNCATE ->
                circumstances.impacts().of(statement);
            case COPY_FROM, UNREADABLE -> Impact.UNKNOWN;
            default -> statement.statementClass() == StatementClass.OPAQUE ? Impact.UNKNOWN : Impact.NONE;
        };
    }

    record Rows(Comparison comparison) implements ImpactCondition {
        @Override
        public boolean holds(Impact impact) {
            return comparison.holds(impact.rowsAtMost());
        }

        @Override
        public String described() {
            return "it changes " + comparison.described() + " rows";
        }
    }

    /** @param comparison with thousandths of a percent */
    record Share(Comparison comparison, String source) implements ImpactCondition {
        @Override
        public boolean holds(Impact impact) {
            return comparison.holds(impact.shareAtMost());
        }

        @Override
        public String described() {
            return "it changes " + source + " of the table's rows";
        }
    }
}
