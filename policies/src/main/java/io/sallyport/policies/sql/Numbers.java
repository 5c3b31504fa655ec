package io.sallyport.policies.sql;

import static io.sallyport.policies.sql.Characters.at;
import static io.sallyport.policies.sql.Characters.isDigit;
import static io.sallyport.policies.sql.Characters.isIdentifierStart;
import static io.sallyport.policies.sql.Characters.lower;

/**
 * Numbers and parameters of PostgreSQL 16 and later. A number that runs into a letter ({@code 1x'…'}, {@code 0b}, {@code 1_}) is an error
 * there and two tokens before 15: a negative result says so, and the statement is then unreadable.
 */
final class Numbers {
    private Numbers() {}

    /** The end of the number that starts at {@code i} (a digit, or a dot before one); its complement when letters run into it. */
    static int number(byte[] text, int i) {
        int at = i;
        if (at(text, at) == '0' && radix(at(text, at + 1)) != 0) {
            at = radixDigits(text, at + 2, radix(at(text, at + 1)));
            return isDigit(at(text, at)) ? ~(at + 1) : withoutJunk(text, at);
        }
        at = digits(text, at);
        if (at(text, at) == '.' && at(text, at + 1) != '.') {
            at = digits(text, at + 1);
        }
        if (lower(at(text, at)) == 'e') {
            int sign = at(text, at + 1);
            int exponent = sign == '+' || sign == '-' ? at + 2 : at + 1;
            if (isDigit(at(text, exponent))) {
                at = digits(text, exponent);
            }
        }
        return withoutJunk(text, at);
    }

    /** The end of {@code $1} at {@code i}; its complement when letters run into it. */
    static int parameter(byte[] text, int i) {
        int at = i + 1;
        while (isDigit(at(text, at))) {
            at++;
        }
        return withoutJunk(text, at);
    }

    /** Digits with single underscores between them. */
    private static int digits(byte[] text, int i) {
        int at = i;
        while (isDigit(at(text, at)) || (at(text, at) == '_' && at > i && isDigit(at(text, at + 1)))) {
            at++;
        }
        return at;
    }

    private static int radix(int c) {
        return switch (lower(c)) {
            case 'x' -> 16;
            case 'o' -> 8;
            case 'b' -> 2;
            default -> 0;
        };
    }

    private static int radixDigits(byte[] text, int i, int radix) {
        int at = i;
        while (isDigitOf(at(text, at), radix) || (at(text, at) == '_' && isDigitOf(at(text, at + 1), radix))) {
            at++;
        }
        return at == i ? i - 1 : at;
    }

    private static boolean isDigitOf(int c, int radix) {
        return c >= 0 && c < 0x80 && Character.digit(c, radix) >= 0;
    }

    private static int withoutJunk(byte[] text, int end) {
        int at = end;
        while (isIdentifierStart(at(text, at)) || (at > end && isDigit(at(text, at)))) {
            at++;
        }
        return at == end ? end : ~at;
    }
}
