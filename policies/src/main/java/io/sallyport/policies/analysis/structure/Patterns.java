package io.sallyport.policies.analysis.structure;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import net.sf.jsqlparser.expression.ArrayConstructor;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.RegExpMatchOperator;

/** LIKE and its kin, and regular expressions: whether a pattern matches everything. */
final class Patterns {
    private static final int LONGEST_REGEX = 100;

    /** Whatever letters a pattern shuts out are in one of these, or in the pattern. */
    private static final List<String> SAMPLES = List.of(
            "",
            " ",
            "a",
            "0",
            "-1",
            "\t",
            "\u0001\u00e9\u4e2d",
            "Az " + everyAscii().repeat(3),
            "aa",
            "10-20");

    private Patterns() {}

    private static String everyAscii() {
        StringBuilder all = new StringBuilder();
        for (char c = ' '; c < 0x7f; c++) {
            all.append(c);
        }
        return all.toString();
    }

    static Formula like(LikeExpression like, Relations relations) {
        boolean everything = matchesEverything(like.getRightExpression(), like.isNot());
        return everything ? Formula.known(!like.isNot()) : opposite(like, relations);
    }

    /** {@code x LIKE 'a' OR x NOT LIKE 'a'}: one subject, said and denied. */
    private static Formula opposite(LikeExpression like, Relations relations) {
        Term left = Terms.of(like.getLeftExpression(), relations);
        Term right = Terms.of(like.getRightExpression(), relations);
        String subject = left.text() + " " + like.getLikeKeyWord() + " " + right.text() + " " + like.getEscape();
        Formula matches = Formula.opaque(subject, left.varies() || right.varies());
        return like.isNot() ? matches.not() : matches;
    }

    /** NOT LIKE ANY and NOT LIKE ALL are not the opposites of the two. */
    private static boolean matchesEverything(Expression pattern, boolean not) {
        if (Constants.of(pattern) instanceof Constant.Text text) {
            return text.value().matches("%+");
        }
        boolean any = Shapes.isCall(pattern, "any") || Shapes.isCall(pattern, "some");
        boolean all = Shapes.isCall(pattern, "all");
        boolean list = (any || all)
                && Shapes.arguments(pattern).size() == 1
                && Shapes.arguments(pattern).get(0) instanceof ArrayConstructor;
        if (!list || not) {
            return false;
        }
        List<? extends Expression> patterns =
                ((ArrayConstructor) Shapes.arguments(pattern).get(0)).getExpressions();
        return any
                ? patterns.stream().anyMatch(one -> matchesEverything(one, false))
                : patterns.stream().allMatch(one -> matchesEverything(one, false));
    }

    static Formula matches(RegExpMatchOperator match, Relations relations) {
        String operator = match.getStringExpression();
        boolean not = operator.startsWith("!");
        if (Constants.of(match.getRightExpression()) instanceof Constant.Text text && matchesEverything(text.value())) {
            return Formula.known(!not);
        }
        Term left = Terms.of(match.getLeftExpression(), relations);
        Term right = Terms.of(match.getRightExpression(), relations);
        Formula matches = Formula.opaque(
                left.text() + " " + operator.replace("!", "") + " " + right.text(), left.varies() || right.varies());
        return not ? matches.not() : matches;
    }

    /** Tried rather than proved. */
    private static boolean matchesEverything(String regex) {
        // More repetitions could take for ever to try, and a counted one may be longer than any sample.
        long repetitions = regex.chars().filter(c -> "*+?{".indexOf(c) >= 0).count();
        if (regex.length() > LONGEST_REGEX || repetitions > 2 || regex.indexOf('{') >= 0) {
            return false;
        }
        try {
            Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
            return Stream.concat(SAMPLES.stream(), Stream.of(regex))
                    .allMatch(sample -> pattern.matcher(sample).find());
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
