package io.sallyport.proxy.replay;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is alike in strings that differ in their values only.
 *
 * @param text with {@code ?} for every literal and number; cut when long, and then with the hash of all of it at its end
 */
record Fingerprint(String text) {
    private static final int LONGEST = 2000;
    private static final int ID_LENGTH = 12;
    private static final String CUT = " … #";

    static Fingerprint of(String normalised) {
        return normalised.length() <= LONGEST
                ? new Fingerprint(normalised)
                : new Fingerprint(normalised.substring(0, LONGEST) + CUT + sha256(normalised));
    }

    /** The first twelve hexadecimal digits of the SHA-256 of the whole text. */
    String id() {
        int cut = text.length() > LONGEST ? text.lastIndexOf(CUT) : -1;
        String hash = cut < 0 ? sha256(text) : text.substring(cut + CUT.length());
        return hash.substring(0, ID_LENGTH);
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
