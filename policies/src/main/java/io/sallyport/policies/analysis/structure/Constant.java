package io.sallyport.policies.analysis.structure;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A number, a text or a boolean that stands in the statement. */
sealed interface Constant extends Comparable<Constant> {
    /** Longer numbers are not worth folding. */
    int LONGEST_NUMBER = 40;

    record Numeric(BigDecimal value) implements Constant {}

    record Text(String value) implements Constant {}

    record Logical(boolean value) implements Constant {}

    /** By value, where both are of one kind. */
    @Override
    default int compareTo(Constant other) {
        if (this instanceof Numeric a && other instanceof Numeric b) {
            return a.value().compareTo(b.value());
        }
        if (this instanceof Logical a && other instanceof Logical b) {
            return Boolean.compare(a.value(), b.value());
        }
        return text().compareTo(other.text());
    }

    private String text() {
        return this instanceof Text text ? text.value() : toString();
    }

    /** Their order; null where it hangs on a type or a collation. A literal beside a number is a number. */
    static @Nullable Integer order(Constant a, Constant b, Comparator comparator) {
        if (a instanceof Text text && b instanceof Numeric) {
            Constant number = number(text.value().strip());
            return number == null ? null : Integer.valueOf(number.compareTo(b));
        }
        if (b instanceof Text && a instanceof Numeric) {
            Integer turned = order(b, a, comparator.turned());
            return turned == null ? null : Integer.valueOf(-turned);
        }
        boolean sameKind = a.getClass() == b.getClass();
        boolean clear = sameKind && (!comparator.ordering() || a.group().equals(b.group()) || a.equals(b));
        return clear ? Integer.valueOf(a.compareTo(b)) : null;
    }

    /**
     * Constants of one group have one order whatever their type: numbers, and texts of one length made of digits as dates are; for other texts the
     * collation decides.
     */
    default String group() {
        if (this instanceof Text text) {
            String value = text.value();
            boolean digits = value.chars().allMatch(c -> (c >= '0' && c <= '9') || " -:.T/".indexOf(c) >= 0);
            boolean letters = value.chars().allMatch(c -> c >= 'a' && c <= 'z');
            return digits ? "d" + value.length() : letters ? "l" : "t";
        }
        return "n";
    }

    /** Whether {@code <} between a subject and this means the same whatever the subject's type is. */
    default boolean isOrdered() {
        return !(this instanceof Text) || group().startsWith("d");
    }

    /** null when the text is no number, or one that is too long to fold. */
    static @Nullable Constant number(String text) {
        boolean exponent = text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
        if (text.isEmpty() || text.length() > LONGEST_NUMBER || exponent) {
            return null;
        }
        try {
            return new Numeric(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The spellings of boolin (utils/adt/bool.c); null for any other. */
    static @Nullable Boolean truth(String text) {
        return switch (text.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "t", "tr", "tru", "true", "y", "ye", "yes", "on", "1" -> true;
            case "f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0" -> false;
            default -> null;
        };
    }
}
