package io.sallyport.proxy.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The secret itself, such as {@code spt-7QK4-F2MD-0X9A-HHV3-ZT61-C5RP}: 23 random characters of Crockford's base 32, which are 115 bits, and a check
 * character. Kept as its SHA-256 alone: of 115 random bits no guess comes near, so there is nothing that a slow hash or a salt would protect.
 */
public final class TokenSecret {
    public static final String PREFIX = "spt-";

    /** The form in words, for messages. */
    public static final String FORM = "spt- and six groups of four letters and digits";

    /** Without prefix and dashes, the check character included. */
    public static final int CHARACTERS = 24;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int GROUP = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Without prefix and dashes. */
    private final String characters;

    private TokenSecret(String characters) {
        this.characters = characters;
    }

    public static TokenSecret random() {
        StringBuilder drawn = new StringBuilder(CHARACTERS);
        for (int i = 1; i < CHARACTERS; i++) {
            drawn.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new TokenSecret(drawn.append(check(drawn)).toString());
    }

    /**
     * As people type it: any case, with O for 0 and I or L for 1, with or without dashes.
     *
     * @return null where it is none: another form, or a typing error, which the check character tells
     */
    public static @Nullable TokenSecret parse(String text) {
        String typed = text.strip();
        if (!typed.regionMatches(true, 0, PREFIX, 0, PREFIX.length()) || typed.length() > 3 * CHARACTERS) {
            return null;
        }
        String characters = typed.substring(PREFIX.length())
                .replace("-", "")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        boolean alphabet = characters.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
        if (!alphabet || characters.length() != CHARACTERS) {
            return null;
        }
        int last = CHARACTERS - 1;
        return check(characters.substring(0, last)) == characters.charAt(last) ? new TokenSecret(characters) : null;
    }

    /** The remainder over GF(32), x⁵+x²+1: every wrong character and every two that changed places show. */
    private static char check(CharSequence characters) {
        int remainder = 0;
        for (int i = 0; i < characters.length(); i++) {
            remainder = doubled(remainder ^ ALPHABET.indexOf(characters.charAt(i)));
        }
        return ALPHABET.charAt(remainder);
    }

    private static int doubled(int value) {
        int shifted = value << 1;
        return (shifted & 0x20) == 0 ? shifted : shifted ^ 0x25;
    }

    /** What is stored and looked up: SHA-256 in hexadecimal digits. */
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(characters.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The secret, for the one who is to have it. */
    public String reveal() {
        StringBuilder text = new StringBuilder(PREFIX);
        for (int i = 0; i < CHARACTERS; i += GROUP) {
            text.append(i == 0 ? "" : "-").append(characters, i, i + GROUP);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }
}
