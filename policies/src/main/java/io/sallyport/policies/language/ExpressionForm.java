package io.sallyport.policies.language;

import io.sallyport.policies.document.DocumentNode;
import io.sallyport.policies.document.DocumentNode.Scalar;
import io.sallyport.policies.document.Position;
import io.sallyport.policies.expression.CompiledExpression;
import io.sallyport.policies.expression.ExpressionCompiler;
import io.sallyport.policies.expression.ExpressionException;
import io.sallyport.policies.expression.ExpressionException.Flaw;
import io.sallyport.policies.rule.Variable;
import org.jspecify.annotations.Nullable;

/** An expression in CEL; what is wrong with it is reported where it stands in the file. */
final class ExpressionForm {
    static final ValueForm<CompiledExpression> EXPRESSION = new ValueForm<>(ExpressionForm::read, Schemas.text());

    /** Loaded with the first policy that has an expression. */
    private static final class Compiler {
        static final ExpressionCompiler COMPILER = new ExpressionCompiler(Variable.types());
    }

    private ExpressionForm() {}

    private static @Nullable CompiledExpression read(DocumentNode node, Scope scope) {
        Scalar text = scope.words().text(node, "an expression such as \"statement.kind == 'delete'\"");
        if (text == null) {
            return null;
        }
        try {
            return Compiler.COMPILER.compile(text.value());
        } catch (ExpressionException e) {
            for (Flaw flaw : e.flaws()) {
                report(text, flaw, scope);
            }
            return null;
        }
    }

    private static void report(Scalar text, Flaw flaw, Scope scope) {
        Position begin = text.verbatim();
        if (begin == null) {
            scope.problems()
                    .add(
                            text,
                            "if: " + flaw.message() + " (line " + flaw.line() + ", column " + flaw.column()
                                    + " of the expression)");
        } else {
            Position place =
                    new Position(begin.file(), begin.line() + flaw.line() - 1, begin.column() + flaw.column() - 1);
            scope.problems().add(place, "if: " + flaw.message());
        }
    }
}
