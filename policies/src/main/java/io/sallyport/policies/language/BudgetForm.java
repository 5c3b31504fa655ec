package io.sallyport.policies.language;

import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.rule.Attribute;
import io.sallyport.policies.rule.Budget;
import io.sallyport.policies.rule.Comparison;
import io.sallyport.policies.rule.NamePattern;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code {rows: "> 1000", within: 1h}}. */
final class BudgetForm {
    private static final String EXPECTED = "a budget such as {rows: \"> 1000\", within: 1h}";
    private static final Set<String> KEYS = new LinkedHashSet<>(List.of("rows", "within", "per", "tables"));
    private static final Map<String, Attribute> PER = new LinkedHashMap<>();

    static {
        for (Attribute attribute : Attribute.values()) {
            PER.put(attribute.label(), attribute);
        }
    }

    static final ValueForm<Budget> BUDGET = new ValueForm<>(
            BudgetForm::budget,
            Schemas.mapping(
                    Schemas.map(
                            "rows",
                            SubjectForms.COMPARISON.schema(),
                            "within",
                            DurationForm.SCHEMA,
                            "per",
                            Schemas.words(PER.keySet()),
                            "tables",
                            NameForms.TABLES.schema()),
                    List.of("rows", "within")));

    private BudgetForm() {}

    private static @Nullable Budget budget(DocumentNode node, Scope scope) {
        Mapping mapping = scope.words().mapping(node, EXPECTED);
        if (mapping == null) {
            return null;
        }
        scope.words().checkKeys(mapping, KEYS, "'budget'");
        DocumentNode rows = mapping.get("rows");
        DocumentNode within = mapping.get("within");
        DocumentNode tables = mapping.get("tables");
        if (rows == null || within == null) {
            scope.problems()
                    .add(
                            mapping,
                            "budget: expected " + EXPECTED + ", found no '" + (rows == null ? "rows" : "within") + "'");
            return null;
        }
        Comparison comparison = SubjectForms.COMPARISON.read(rows, scope);
        Duration time = DurationForm.BUDGET.read(within, scope.words());
        List<NamePattern> patterns = tables == null ? List.of() : NameForms.TABLES.read(tables, scope);
        Attribute per = per(mapping.get("per"), scope);
        return comparison == null || time == null || patterns == null
                ? null
                : new Budget(comparison, time, per, patterns);
    }

    private static Attribute per(@Nullable DocumentNode node, Scope scope) {
        Scalar word = node == null ? null : scope.words().text(node, "one of " + String.join(", ", PER.keySet()));
        Attribute per = word == null ? Attribute.USER : PER.get(word.value());
        if (word != null && per == null) {
            scope.words().unknown(word, PER.keySet(), "value of 'per'");
        }
        return per == null ? Attribute.USER : per;
    }
}
