package io.sallyport.proxy.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What an access token's bearer shows: {@code sp_} and 192 random bits in base64url. Told once, and kept as a hash. */
public record AccessSecret(String text) {
    public static final String PREFIX = "sp_";

    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static AccessSecret random() {
        byte[] bits = new byte[24];
        RANDOM.nextBytes(bits);
        return new AccessSecret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** Whether the text has one in it, or something that looks like one. */
    static boolean in(String text) {
        return FORM.matcher(text).find();
    }

    /** Whether it has the form of one. */
    boolean wellFormed() {
        return FORM.matcher(text).matches();
    }

    /** SHA-256, in hexadecimal: nothing guesses 192 bits, so that nothing slower is needed. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
