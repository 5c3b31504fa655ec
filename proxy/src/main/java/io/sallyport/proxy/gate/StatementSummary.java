package io.sallyport.proxy.gate;

import io.sallyport.policies.analysis.ObjectName;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.Where;
import java.util.Locale;

/** One line for people: {@code DELETE on users, without WHERE}. */
final class StatementSummary {
    private StatementSummary() {}

    static String of(StatementFacts statement) {
        StringBuilder line =
                new StringBuilder(statement.kind().label().replace('_', ' ').toUpperCase(Locale.ROOT));
        if (!statement.tables().isEmpty()) {
            line.append(" on ");
            line.append(String.join(
                    ", ",
                    statement.tables().stream()
                            .limit(5)
                            .map(table -> table.schema() == null ? table.name() : table.schema() + "." + table.name())
                            .toList()));
        }
        if (statement.tables().isEmpty() && !statement.objects().isEmpty()) {
            line.append(' ');
            line.append(String.join(
                    ", ",
                    statement.objects().stream()
                            .limit(5)
                            .map(ObjectName::toString)
                            .toList()));
        }
        Where where = statement.where();
        if (where != null) {
            line.append(
                    switch (where) {
                        case ABSENT -> ", without WHERE";
                        case ALWAYS_TRUE -> ", with a WHERE that is always true";
                        case PRESENT -> "";
                    });
        }
        if (statement.unreadable() != null) {
            line.append(": ").append(statement.unreadable());
        }
        if (statement.disagreement() != null) {
            line.append("; read in two ways: ").append(statement.disagreement());
        }
        for (StatementFacts nested : statement.nested()) {
            line.append(" (").append(of(nested)).append(')');
        }
        return line.toString();
    }
}
