package io.sallyport.policies.analysis;

import java.util.List;
import java.util.stream.Collectors;

/** Facts on one line, as the fixtures write them: {@code kind class[!] [where] [tables] [{nested, …}] [later {deferred, …}] [name=…] [from-client]}. */
final class FactsText {
    private FactsText() {}

    static String of(List<StatementFacts> statements) {
        return statements.isEmpty()
                ? "nothing"
                : statements.stream().map(FactsText::of).collect(Collectors.joining(" ; "));
    }

    /** The exclamation mark says destructive. */
    static String of(StatementFacts facts) {
        if (!facts.readable()) {
            return "unreadable";
        }
        StringBuilder out = new StringBuilder(facts.kind().label());
        out.append(' ').append(facts.statementClass().label());
        if (facts.destructive()) {
            out.append('!');
        }
        if (facts.where() != null) {
            out.append(' ').append(facts.where().label());
        }
        if (!facts.tables().isEmpty()) {
            out.append(' ').append(facts.tables());
        }
        if (!facts.nested().isEmpty()) {
            out.append(facts.nested().stream().map(FactsText::of).collect(Collectors.joining(", ", " {", "}")));
        }
        if (!facts.deferred().isEmpty()) {
            out.append(facts.deferred().stream().map(FactsText::of).collect(Collectors.joining(", ", " later {", "}")));
        }
        if (facts.preparedName() != null) {
            out.append(" name=").append(facts.preparedName());
        }
        return facts.copyFromClient() ? out.append(" from-client").toString() : out.toString();
    }
}
