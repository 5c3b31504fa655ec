package io.sallyport.proxy.hold;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The short name of a hold, such as {@code K7Q4-F2MD}: 38 random bits in an alphabet without look-alikes. It names, it
 * does not authorise: knowing a code gives no right to approve. Each half begins with a letter, because
 * {@code 4K7Q} would be no SQL token.
 */
public record HoldCode(String value) {
    private static final String LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ";
    private static final String ALPHABET = LETTERS + "23456789";
    private static final Pattern FORM = Pattern.compile("[0-9A-Z]{4}-[0-9A-Z]{4}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public static HoldCode random() {
        StringBuilder code = new StringBuilder(9);
        for (int i = 0; i < 8; i++) {
            String alphabet = i % 4 == 0 ? LETTERS : ALPHABET;
            code.append(i == 4 ? "-" : "").append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return new HoldCode(code.toString());
    }

    /**
     * As people type it: any case.
     *
     * @throws IllegalArgumentException when it has not the form of a code
     */
    public static HoldCode parse(String text) {
        String code = text.strip().toUpperCase(Locale.ROOT);
        if (!FORM.matcher(code).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a hold code: expected the form K7Q4-F2MD");
        }
        return new HoldCode(code);
    }

    @Override
    public String toString() {
        return value;
    }
}
