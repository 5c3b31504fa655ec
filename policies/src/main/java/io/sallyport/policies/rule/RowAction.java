package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementClass;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.analysis.TableName;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is done to rows, as sums of them are kept. */
public enum RowAction {
    INSERTED,
    UPDATED,
    DELETED;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }

    /** What a statement does by itself, without the writes inside it; empty where it changes no rows of a table that it names. */
    public static Set<RowAction> of(StatementFacts statement) {
        if (statement.kind() == StatementKind.MERGE) {
            Set<RowAction> actions = EnumSet.noneOf(RowAction.class);
            statement.nested().forEach(action -> actions.addAll(of(action)));
            return actions;
        }
        // ON CONFLICT DO UPDATE makes an INSERT one that destroys; its tag does not tell the two apart.
        boolean overwrites = statement.statementClass() == StatementClass.DESTROY;
        return statement.kind() == StatementKind.INSERT && !overwrites ? EnumSet.of(INSERTED) : of(statement.kind());
    }

    /** What statements of that kind may do. */
    static Set<RowAction> of(StatementKind kind) {
        return switch (kind) {
            case INSERT -> EnumSet.of(INSERTED, UPDATED);
            case COPY_FROM -> EnumSet.of(INSERTED);
            case UPDATE -> EnumSet.of(UPDATED);
            case DELETE, TRUNCATE -> EnumSet.of(DELETED);
            case MERGE -> EnumSet.allOf(RowAction.class);
            default -> EnumSet.noneOf(RowAction.class);
        };
    }

    /** The tables whose rows a statement changes; the others that it names are only read. */
    public static List<TableName> targets(StatementFacts statement) {
        List<TableName> tables = statement.tables();
        return statement.kind() == StatementKind.TRUNCATE || tables.isEmpty() ? tables : tables.subList(0, 1);
    }
}
