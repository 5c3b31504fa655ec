package io.sallyport.policies.language;

import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Sequence;
import io.sallyport.policies.rule.Combination;
import io.sallyport.policies.rule.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that are conditions themselves. */
final class CombinationForms {
    /** Where the schema has the mapping of conditions, which holds itself. */
    static final Map<String, Object> REFERENCE = Schemas.reference("conditions");

    static final ValueForm<Combination.All> CONDITIONS = new ValueForm<>(WhenReader::read, REFERENCE);

    static final ValueForm<List<Condition>> ANY = new ValueForm<>(CombinationForms::any, Schemas.listOf(REFERENCE));

    private CombinationForms() {}

    private static @Nullable List<Condition> any(DocumentNode node, Scope scope) {
        if (!(node instanceof Sequence sequence) || sequence.items().isEmpty()) {
            scope.problems().add(node, "any: expected a list of conditions, found " + node.described());
            return null;
        }
        List<Condition> conditions = new ArrayList<>();
        for (DocumentNode item : sequence.items()) {
            Combination.All all = WhenReader.read(item, scope);
            if (all != null) {
                conditions.add(all);
            }
        }
        return conditions;
    }
}
