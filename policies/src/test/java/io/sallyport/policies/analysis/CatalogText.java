package io.sallyport.policies.analysis;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What statements name beside their tables, on one line: {@code kind [calls f, …] [sets name=value scope, …] [of type name, …] [cascade]
 * [alone] [{nested}]}. Alone says that it runs outside a transaction block only.
 */
final class CatalogText {
    private CatalogText() {}

    static String of(List<StatementFacts> statements) {
        return statements.stream().map(CatalogText::of).collect(Collectors.joining(" ; "));
    }

    private static String of(StatementFacts facts) {
        return facts.kind().label()
                + listed(" calls ", facts.functions())
                + listed(
                        " sets ",
                        facts.settings().stream().map(CatalogText::setting).toList())
                + listed(
                        " of ",
                        facts.objects().stream()
                                .map(object -> object.type() + " " + object)
                                .toList())
                + (facts.cascade() ? " cascade" : "")
                + (facts.transactional() ? "" : " alone")
                + (facts.nested().isEmpty() ? "" : " {" + of(facts.nested()) + "}");
    }

    private static String setting(SettingChange change) {
        return change.name() + (change.value() == null ? "" : "=" + change.value()) + " "
                + change.scope().label();
    }

    private static String listed(String before, List<String> items) {
        return items.isEmpty() ? "" : before + String.join(", ", items);
    }
}
