package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.expression.CompiledExpression;

/** A condition in CEL. */
public record Expression(CompiledExpression expression) implements Condition {
    @Override
    public boolean holds(StatementFacts statement, Circumstances circumstances) {
        if (asksRoles()) {
            // CEL lets the other side of || or && decide where one side is an error; ignorance must not be decided
            // over.
            circumstances.subject().rolesOrThrow();
        }
        return expression.holds(name -> Variable.value(name, statement, circumstances));
    }

    @Override
    public boolean asksRoles() {
        return expression.uses(Variable.ROLES.label());
    }

    @Override
    public String described() {
        return "the expression " + expression.toString().strip().replaceAll("\\s+", " ") + " is true";
    }
}
