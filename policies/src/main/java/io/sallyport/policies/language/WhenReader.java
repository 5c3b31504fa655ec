package io.sallyport.policies.language;

import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Mapping;
import io.sallyport.policies.rule.Combination;
import io.sallyport.policies.rule.Condition;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions from the mapping under {@code when}. */
final class WhenReader {
    private WhenReader() {}

    static Combination.@Nullable All read(DocumentNode when, Scope scope) {
        Mapping mapping = scope.words().mapping(when, "conditions such as {kind: delete}");
        if (mapping == null) {
            return null;
        }
        scope.words().checkKeys(mapping, ConditionKey.BY_LABEL.keySet(), "'when'");
        Combination.All all = some(mapping, List.of(ConditionKey.values()), scope);
        if (mapping.entries().isEmpty()) {
            scope.problems().add(when, "no condition here: what shall hold for every statement belongs in 'default'");
        }
        return all;
    }

    /** Only these of its keys, in this order. */
    static Combination.All some(Mapping mapping, List<ConditionKey> keys, Scope scope) {
        Scope inner = zoned(mapping, scope);
        List<Condition> conditions = new ArrayList<>();
        for (ConditionKey key : keys) {
            DocumentNode value = mapping.get(key.label());
            Condition condition = value == null || key == ConditionKey.TIMEZONE ? null : key.read(value, inner);
            if (condition != null) {
                conditions.add(condition);
            }
        }
        return new Combination.All(conditions);
    }

    private static Scope zoned(Mapping mapping, Scope scope) {
        DocumentNode node = mapping.get(ConditionKey.TIMEZONE.label());
        if (node == null) {
            return scope;
        }
        if (mapping.get(ConditionKey.HOURS.label()) == null && mapping.get(ConditionKey.DAYS.label()) == null) {
            scope.problems().add(node, "timezone: expected hours or days beside it, found neither");
        }
        ZoneId zone = TimeForms.ZONE.read(node, scope);
        return zone == null ? scope : scope.in(zone);
    }
}
