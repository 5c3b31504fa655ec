package io.sallyport.proxy.gate;

import io.sallyport.policies.analysis.ObjectName;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.analysis.Where;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One line for people: {@code DELETE on users, without WHERE}. */
final class StatementSummary {
    private static final int MOST_NESTED = 10;

    private StatementSummary() {}

    static String of(StatementFacts statement) {
        StringBuilder line =
                new StringBuilder(statement.kind().label().replace('_', ' ').toUpperCase(Locale.ROOT));
        if (statement.kind() == StatementKind.EXECUTE) {
            line.append(executed(statement));
        }
        if (!statement.tables().isEmpty()) {
            line.append(statement.kind() == StatementKind.DO ? ", reading " : " on ");
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
        return line.append(nested(statement)).toString();
    }

    /** A DO may hold any number of statements: the worst come first. */
    private static String nested(StatementFacts statement) {
        List<String> all = statement.nested().stream()
                .sorted(Comparator.comparing(StatementFacts::statementClass).reversed())
                .map(StatementSummary::of)
                .distinct()
                .toList();
        String shown =
                all.stream().limit(MOST_NESTED).map(inner -> " (" + inner + ")").collect(Collectors.joining());
        return all.size() > MOST_NESTED ? shown + " and " + (all.size() - MOST_NESTED) + " more" : shown;
    }

    /** EXECUTE in a body runs a text, elsewhere a prepared statement. */
    private static String executed(StatementFacts statement) {
        return statement.preparedName() == null ? " of a text made at run time" : " " + statement.preparedName();
    }
}
