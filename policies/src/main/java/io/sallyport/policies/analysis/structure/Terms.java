package io.sallyport.policies.analysis.structure;

import java.util.List;
import java.util.Map;
import net.sf.jsqlparser.expression.AnyComparisonExpression;
import net.sf.jsqlparser.expression.ArrayConstructor;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.CollateExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.JsonExpression;
import net.sf.jsqlparser.expression.OverlapsCondition;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.util.deparser.ExpressionDeParser;
import org.jspecify.annotations.Nullable;

/** Renders expressions with their columns resolved. */
final class Terms extends ExpressionDeParser {
    private final Relations relations;
    private boolean varies;

    private Terms(Relations relations) {
        this.relations = relations;
    }

    static Term of(@Nullable Expression expression, Relations relations) {
        Expression plain = withoutNeutral(Shapes.bare(expression));
        if (plain == null) {
            return new Term("", false);
        }
        Terms terms = new Terms(relations);
        plain.accept(terms, null);
        return new Term(terms.getBuilder().toString(), terms.varies);
    }

    /** {@code x + 0}, {@code 1 * x} and {@code x || ''} are x. */
    private static @Nullable Expression withoutNeutral(@Nullable Expression expression) {
        Expression plain = expression;
        while (true) {
            Expression next = plain;
            if (plain instanceof CollateExpression collated) {
                next = collated.getLeftExpression();
            } else if (plain instanceof BinaryExpression binary) {
                String operator = binary.getStringExpression();
                if (isNeutral(binary.getRightExpression(), operator, false)) {
                    next = binary.getLeftExpression();
                } else if (isNeutral(binary.getLeftExpression(), operator, true)) {
                    next = binary.getRightExpression();
                }
            }
            if (isFilled(plain)) {
                next = Shapes.arguments(plain).get(0);
            }
            next = Shapes.bare(next);
            if (next == plain) {
                return plain;
            }
            plain = next;
        }
    }

    /** {@code COALESCE(x, 0)} is x, but for the NULLs, which are left aside. */
    private static boolean isFilled(@Nullable Expression expression) {
        List<? extends Expression> arguments = Shapes.arguments(expression);
        return Shapes.isCall(expression, "coalesce")
                && arguments.size() > 1
                && Constants.of(arguments.get(0)) == null
                && !Constants.isNull(arguments.get(0))
                && arguments.stream()
                        .skip(1)
                        .allMatch(other -> Constants.of(other) != null
                                || other.toString().equals(arguments.get(0).toString()));
    }

    private static boolean isNeutral(Expression side, String operator, boolean left) {
        Constant constant = Constants.of(side);
        if (constant instanceof Constant.Text text) {
            return operator.equals("||") && text.value().isEmpty();
        }
        int value =
                constant instanceof Constant.Numeric number && number.value().scale() <= 0
                        ? number.value()
                                .min(java.math.BigDecimal.TEN)
                                .max(java.math.BigDecimal.ONE.negate())
                                .intValue()
                        : -1;
        return switch (operator) {
            case "+" -> value == 0;
            case "-" -> value == 0 && !left;
            case "*" -> value == 1;
            case "/" -> value == 1 && !left;
            default -> false;
        };
    }

    @Override
    public <S> StringBuilder visit(Column column, S context) {
        Relations.Resolved resolved = relations.resolve(column);
        varies |= resolved.varies();
        getBuilder().append(resolved.key());
        // The parser keeps the subscript of x[1] with the column.
        return column.getArrayConstructor() == null
                ? getBuilder()
                : getBuilder().append(column.getArrayConstructor());
    }

    @Override
    public <S> StringBuilder visit(AllTableColumns all, S context) {
        varies = true;
        return getBuilder().append(all);
    }

    @Override
    public <S> StringBuilder visit(ParenthesedSelect select, S context) {
        return query(select);
    }

    @Override
    public <S> StringBuilder visit(Select select, S context) {
        return query(select);
    }

    @Override
    public <S> StringBuilder visit(AnyComparisonExpression quantified, S context) {
        getBuilder().append(quantified.getAnyType());
        return query(quantified.getSelect());
    }

    // The parser's own rendering of these passes over the columns in them.

    @Override
    public <S> StringBuilder visit(JsonExpression json, S context) {
        json.getExpression().accept(this, context);
        for (Map.Entry<Expression, String> key : json.getIdentList()) {
            getBuilder().append(key.getValue());
            key.getKey().accept(this, context);
        }
        return getBuilder();
    }

    @Override
    public <S> StringBuilder visit(ArrayConstructor array, S context) {
        getBuilder().append(array.getDataType()).append("ARRAY");
        return array.getExpressions().accept(this, context);
    }

    @Override
    public <S> StringBuilder visit(OverlapsCondition overlaps, S context) {
        overlaps.getLeft().accept(this, context);
        getBuilder().append(" OVERLAPS ");
        return overlaps.getRight().accept(this, context);
    }

    @Override
    public <S> StringBuilder visit(CollateExpression collated, S context) {
        return collated.getLeftExpression().accept(this, context);
    }

    private StringBuilder query(Select select) {
        varies |= Queries.vary(select, relations);
        return getBuilder().append(select);
    }
}
