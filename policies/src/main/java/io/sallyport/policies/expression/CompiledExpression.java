package io.sallyport.policies.expression;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An expression ready to be asked, from any thread. Two are equal when their texts are. */
public final class CompiledExpression {
    private final String text;
    private final Set<String> variables;
    private final CelRuntime.Program program;

    CompiledExpression(String text, Set<String> variables, CelRuntime.Program program) {
        this.text = text;
        this.variables = Set.copyOf(variables);
        this.program = program;
    }

    /** Whether the expression names the variable. */
    public boolean uses(String variable) {
        return variables.contains(variable);
    }

    /** Throws when the expression has no value, as {@code 1 / 0 > 1} has none, or would cost too much. */
    public boolean holds(Function<String, Object> values) {
        try {
            Object result = program.eval(name -> Optional.of(values.apply(name)));
            if (result instanceof Boolean truth) {
                return truth;
            }
            throw new IllegalStateException("the expression '" + text + "' is neither true nor false but " + result);
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("the expression '" + text + "' has no value: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CompiledExpression expression && text.equals(expression.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}
