package io.sallyport.policies.rule;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A number and how another one is to stand to it: {@code >= 2}, {@code 1}. */
public record Comparison(Operator operator, int number) {
    /** A percentage with at most three decimals. */
    private static final Pattern PERCENT = Pattern.compile("(<=|>=|!=|=|<|>)?\\s*(\\d{1,3})(?:\\.(\\d{1,3}))?\\s*%");

    private static final int WHOLE = 100_000;

    private static final Pattern FORM = Pattern.compile("(<=|>=|!=|=|<|>)?\\s*(\\d{1,9})");

    /** Null when the text is no comparison. */
    public static @Nullable Comparison parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        return new Comparison(Operator.of(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** {@code >= 2.5%} as a number of thousandths of a percent; null when the text is no percentage. */
    public static @Nullable Comparison parsePercent(String text) {
        Matcher matcher = PERCENT.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        String decimals = matcher.group(3) == null ? "" : matcher.group(3);
        int thousandths = Integer.parseInt(matcher.group(2) + (decimals + "000").substring(0, 3));
        return thousandths > WHOLE ? null : new Comparison(Operator.of(matcher.group(1)), thousandths);
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

        private static Operator of(@Nullable String sign) {
            for (Operator operator : values()) {
                if (operator.sign.equals(sign == null ? "=" : sign)) {
                    return operator;
                }
            }
            throw new IllegalStateException("no operator " + sign);
        }
    }

    public boolean holds(long value) {
        return switch (operator) {
            case EQUAL -> value == number;
            case UNEQUAL -> value != number;
            case BELOW -> value < number;
            case AT_MOST -> value <= number;
            case ABOVE -> value > number;
            case AT_LEAST -> value >= number;
        };
    }

    public String described() {
        return operator.words + " " + number;
    }
}
