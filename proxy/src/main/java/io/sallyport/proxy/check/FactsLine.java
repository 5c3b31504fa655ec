package io.sallyport.proxy.check;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a statement says, in one line for people. */
final class FactsLine {
    private static final int MOST_NAMES = 5;

    private FactsLine() {}

    static String of(StatementFacts facts) {
        List<String> parts = new ArrayList<>();
        parts.add(facts.kind().label());
        parts.add("class " + facts.statementClass().label());
        names(parts, "tables ", facts.tables());
        names(
                parts,
                "objects ",
                facts.objects().stream()
                        .filter(object -> facts.tables().stream()
                                .noneMatch(table -> table.toString().equals(object.toString())))
                        .map(object -> object.type() + " " + object)
                        .toList());
        where(parts, facts.where());
        if (facts.cascade()) {
            parts.add("CASCADE");
        }
        names(parts, "functions ", facts.functions());
        names(
                parts,
                "settings ",
                facts.settings().stream().map(setting -> setting.name()).toList());
        names(
                parts,
                "inside ",
                facts.nested().stream().map(inner -> inner.kind().label()).toList());
        if (!facts.transactional()) {
            parts.add("not in a transaction block");
        }
        if (facts.unreadable() != null) {
            parts.add(facts.unreadable());
        }
        return Printable.of(String.join(" · ", parts));
    }

    private static void where(List<String> parts, @Nullable Where where) {
        if (where != null) {
            parts.add(
                    switch (where) {
                        case ABSENT -> "no WHERE";
                        case ALWAYS_TRUE -> "WHERE is always true";
                        case PRESENT -> "with WHERE";
                    });
        }
    }

    private static void names(List<String> parts, String word, List<?> names) {
        if (!names.isEmpty()) {
            String more = names.size() > MOST_NAMES ? ", …" : "";
            parts.add(word
                    + names.stream().limit(MOST_NAMES).map(Object::toString).collect(Collectors.joining(", "))
                    + more);
        }
    }
}
