package io.sallyport.policies.language;

import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.rule.Comparison;
import io.sallyport.policies.rule.ImpactCondition;
import org.jspecify.annotations.Nullable;

/** Values about what a statement would do to rows. */
final class ImpactForms {
    static final ValueForm<ImpactCondition.Share> SHARE = new ValueForm<>(
            ImpactForms::share,
            Schemas.pattern("^\\s*(<=|>=|!=|=|<|>)?\\s*(100(\\.0{1,3})?|[0-9]{1,2}(\\.[0-9]{1,3})?)\\s*%\\s*$"));

    private ImpactForms() {}

    private static ImpactCondition.@Nullable Share share(DocumentNode node, Scope scope) {
        Scalar text = scope.words().text(node, "a share of the table's rows such as \">= 10%\"");
        Comparison comparison = text == null ? null : Comparison.parsePercent(text.value());
        if (text == null) {
            return null;
        }
        if (comparison == null) {
            scope.problems()
                    .add(
                            text,
                            "'" + text.value() + "' is no share; expected a percentage up to 100% with at most three"
                                    + " decimals, behind =, !=, <, <=, > or >=, such as \">= 10%\"");
            return null;
        }
        return new ImpactCondition.Share(comparison, text.value().strip());
    }
}
