package io.sallyport.proxy.it.structure;

import java.util.Random;

/** Conditions on numbers a and b and a boolean c, with constants 0, 1 and 2, nested a few levels deep. */
final class GeneratedConditions {
    private static final String[] COMPARISONS = {"=", "<>", "<", "<=", ">", ">=", "!="};

    private final Random random;

    GeneratedConditions(Random random) {
        this.random = random;
    }

    String next() {
        return condition(1 + random.nextInt(3));
    }

    private String condition(int depth) {
        if (depth == 0) {
            return atom();
        }
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> condition(depth - 1) + " OR " + condition(depth - 1);
            case 3, 4 -> "(" + condition(depth - 1) + ") AND (" + condition(depth - 1) + ")";
            case 5 -> "NOT (" + condition(depth - 1) + ")";
            case 6 -> "(" + condition(depth - 1) + ") IS " + pick("TRUE", "FALSE", "NOT TRUE", "NOT FALSE");
            case 7 ->
                "CASE WHEN " + condition(depth - 1) + " THEN " + condition(depth - 1) + " ELSE " + condition(depth - 1)
                        + " END";
            default -> "(" + condition(depth - 1) + " OR " + atom() + " OR " + atom() + ")";
        };
    }

    private String atom() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> column() + " " + pick(COMPARISONS) + " " + number();
            case 4 -> number() + " " + pick(COMPARISONS) + " " + column();
            case 5 -> column() + " BETWEEN " + number() + " AND " + number();
            case 6 -> column() + " NOT BETWEEN SYMMETRIC " + number() + " AND " + number();
            case 7 -> column() + pick(" IN (", " NOT IN (") + number() + ", " + number() + ")";
            case 8 -> pick("c", "NOT c", "c = true", "c <> true", "c IS FALSE", "k.c");
            case 9 -> pick("true", "false", "1 = 1", "2 < 1", "NULL", "1 + 1 = 2", "'a' <> 'a'", "1 IN (2, 3)");
            case 10 -> column() + pick(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM ") + number();
            default -> "a " + pick(COMPARISONS) + " a";
        };
    }

    private String column() {
        return pick("a", "b", "k.a", "(a)", "a + 0", "1 * b");
    }

    private String number() {
        return pick("0", "1", "2");
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
