package io.sallyport.policies.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import io.sallyport.policies.expression.ExpressionException.Flaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds literals that no function takes, such as {@code matches('(')}: CEL would tell only when a statement is judged, and every statement would
 * be refused.
 */
final class LiteralCheck {
    /** Why an expression without variables has no value; empty when it has one. */
    private final Function<String, Optional<String>> trial;

    LiteralCheck(Function<String, Optional<String>> trial) {
        this.trial = trial;
    }

    List<Flaw> flaws(CelAbstractSyntaxTree tree) {
        List<CelExpr> calls = CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
                .toList();
        List<Flaw> flaws = new ArrayList<>();
        for (CelExpr call : calls) {
            Optional<String> why = Optional.ofNullable(trialOf(call)).flatMap(trial);
            why.ifPresent(reason -> flaws.add(flaw(tree, call.call().args().get(0), reason)));
        }
        return flaws;
    }

    /** The same function with the same literal, and nothing else in it; null where it takes no literal text. */
    private static @Nullable String trialOf(CelExpr expression) {
        List<CelExpr> arguments = expression.call().args();
        boolean literal = arguments.size() == 1
                && arguments.get(0).getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && arguments.get(0).constant().getKind() == CelConstant.Kind.STRING_VALUE;
        if (!literal) {
            return null;
        }
        String function = expression.call().function();
        String text = quoted(arguments.get(0).constant().stringValue());
        if (function.equals("matches")) {
            return "''.matches(" + text + ") in [true, false]";
        }
        if (function.equals("timestamp") || function.equals("duration")) {
            return function + "(" + text + ") == " + function + "(" + text + ")";
        }
        // getHours('Europe/Berlin') and its like.
        return function.startsWith("get") ? "timestamp(0)." + function + "(" + text + ") >= 0" : null;
    }

    private static String quoted(String text) {
        return "'"
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r") + "'";
    }

    private static Flaw flaw(CelAbstractSyntaxTree tree, CelExpr argument, String reason) {
        int offset = tree.getSource().getPositionsMap().getOrDefault(argument.id(), 0);
        return tree.getSource()
                .getOffsetLocation(offset)
                .map(place -> new Flaw(place.getLine(), place.getColumn() + 1, reason))
                .orElse(new Flaw(1, 1, reason));
    }
}
