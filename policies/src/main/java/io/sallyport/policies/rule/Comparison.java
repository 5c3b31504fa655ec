package io.sallyport.policies.rule;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A number and how another one is to stand to it: {@code >= 2}, {@code 1}. */
public record Comparison(Operator operator, int number) {
    private static final Pattern FORM = Pattern.compile("(<=|>=|!=|=|<|>)?\\s*(\\d{1,9})");

    /** Null when the text is no comparison. */
    public static @Nullable Comparison parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        String sign = matcher.group(1);
        for (Operator operator : Operator.values()) {
            if (operator.sign.equals(sign == null ? "=" : sign)) {
                return new Comparison(operator, Integer.parseInt(matcher.group(2)));
            }
        }
        throw new IllegalStateException("no operator " + sign);
    }

    /** How two numbers stand to each other. */
    public enum Operator {
        EQUAL("=", "exactly"),
        UNEQUAL("!=", "other than"),
        BELOW("<", "fewer than"),
        AT_MOST("<=", "at most"),
        ABOVE(">", "more than"),
        AT_LEAST(">=", "at least");

        private final String sign;
        private final String words;

        Operator(String sign, String words) {
            this.sign = sign;
            this.words = words;
        }
    }

    boolean holds(int value) {
        return switch (operator) {
            case EQUAL -> value == number;
            case UNEQUAL -> value != number;
            case BELOW -> value < number;
            case AT_MOST -> value <= number;
            case ABOVE -> value > number;
            case AT_LEAST -> value >= number;
        };
    }

    String described() {
        return operator.words + " " + number;
    }
}
