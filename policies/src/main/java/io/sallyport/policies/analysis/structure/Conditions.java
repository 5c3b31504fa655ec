package io.sallyport.policies.analysis.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.WhenClause;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ExistsExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsUnknownExpression;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import org.jspecify.annotations.Nullable;

/** Turns a boolean expression of the parser's into a formula. */
final class Conditions {
    private Conditions() {}

    /** What a condition lets through; one that is not there lets everything through. */
    static Verdict judge(@Nullable Expression condition, Relations relations) {
        return condition == null ? Verdict.ALWAYS : Tautology.judge(of(condition, relations));
    }

    static Formula of(@Nullable Expression expression, Relations relations) {
        Expression bare = Shapes.bare(expression);
        if (bare == null || Constants.isNull(bare)) {
            return Truth.NULL;
        }
        if (bare instanceof AndExpression and) {
            return Formula.all(
                    List.of(of(and.getLeftExpression(), relations), of(and.getRightExpression(), relations)));
        }
        if (bare instanceof OrExpression or) {
            return Formula.any(List.of(of(or.getLeftExpression(), relations), of(or.getRightExpression(), relations)));
        }
        if (bare instanceof NotExpression not) {
            return of(not.getExpression(), relations).not();
        }
        if (bare instanceof IsBooleanExpression is) {
            return isTruth(of(is.getLeftExpression(), relations), is.isTrue(), is.isNot());
        }
        if (bare instanceof IsUnknownExpression is) {
            Formula unknown = NullTests.isNull(is.getLeftExpression(), relations);
            return is.isNot() ? unknown.not() : unknown;
        }
        if (bare instanceof CaseExpression choice) {
            return choice(choice, relations);
        }
        if (bare instanceof ExistsExpression exists) {
            Formula found = Existence.of(exists.getRightExpression(), relations);
            return exists.isNot() ? found.not() : found;
        }
        if (bare instanceof ParenthesedSelect query) {
            return Existence.value(query, relations);
        }
        Formula constant = constant(bare);
        return constant != null ? constant : other(bare, relations);
    }

    private static @Nullable Formula constant(Expression expression) {
        Constant constant = Constants.of(expression);
        boolean text = expression instanceof StringValue;
        Constant logical = text && constant != null ? Constants.logical(constant) : constant;
        return logical instanceof Constant.Logical value ? Formula.known(value.value()) : null;
    }

    private static Formula other(Expression expression, Relations relations) {
        if (expression instanceof CastExpression cast && isBoolean(cast)) {
            return of(cast.getLeftExpression(), relations);
        }
        if (Shapes.isCall(expression, "coalesce")) {
            return coalesce(Shapes.arguments(expression), relations);
        }
        return Predicates.of(expression, relations);
    }

    private static boolean isBoolean(CastExpression cast) {
        String type = cast.getColDataType() == null
                ? ""
                : cast.getColDataType().toString().toLowerCase(Locale.ROOT).replace("pg_catalog.", "");
        return type.equals("bool") || type.equals("boolean");
    }

    /** IS [NOT] TRUE and IS [NOT] FALSE: of NULL they are false, with NOT true. */
    static Formula isTruth(Formula inner, boolean wanted, boolean negated) {
        // Not false is true or NULL; not true is false or NULL.
        Formula settled = inner.withNullAs(wanted ? Truth.FALSE : Truth.TRUE);
        return wanted == negated ? settled.not() : settled;
    }

    /** Its first argument that is not NULL. One that is a column may be NULL in some rows only, so the others do not count. */
    private static Formula coalesce(List<? extends Expression> arguments, Relations relations) {
        for (Expression argument : arguments) {
            Formula formula = of(argument, relations);
            if (!formula.equals(Truth.NULL)) {
                return formula;
            }
        }
        return Truth.NULL;
    }

    /** The branches as alternatives: each needs its condition, and that those before it do not hold. */
    private static Formula choice(CaseExpression choice, Relations relations) {
        List<Formula> branches = new ArrayList<>();
        List<Formula> before = new ArrayList<>();
        for (WhenClause when : choice.getWhenClauses()) {
            Expression tested = choice.getSwitchExpression();
            Formula condition = tested == null
                    ? of(when.getWhenExpression(), relations)
                    : Predicates.of(new EqualsTo(tested, when.getWhenExpression()), relations);
            List<Formula> branch = new ArrayList<>(before);
            branch.add(isTruth(condition, true, false));
            branch.add(of(when.getThenExpression(), relations));
            branches.add(Formula.all(branch));
            // A condition that is NULL passes on, as one that is false does.
            before.add(isTruth(condition, true, true));
        }
        List<Formula> otherwise = new ArrayList<>(before);
        otherwise.add(of(choice.getElseExpression(), relations));
        branches.add(Formula.all(otherwise));
        return Formula.any(branches);
    }
}
