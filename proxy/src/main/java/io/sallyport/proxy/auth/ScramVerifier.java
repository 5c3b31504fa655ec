package io.sallyport.proxy.auth;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the server stores of a password (auth-scram.c): {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}. */
public final class ScramVerifier {
    /** The server's default, {@code scram_iterations}. */
    public static final int ITERATIONS = 4096;

    /** RFC 7677, 4: less makes it cheap to guess at a password that answers. */
    static final int LEAST_ITERATIONS = 4096;

    /** A verifier that would keep a processor busy for minutes is somebody's mistake or attack. */
    static final int MOST_ITERATIONS = 1_000_000;

    private static final String BASE64 = "([A-Za-z0-9+/]+={0,2})";
    private static final Pattern FORM =
            Pattern.compile("SCRAM-SHA-256\\$([0-9]{1,8}):" + BASE64 + "\\$" + BASE64 + ":" + BASE64);

    private final int iterations;
    private final byte[] salt;
    private final byte[] storedKey;
    private final byte[] serverKey;

    ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
        this.iterations = iterations;
        this.salt = salt;
        this.storedKey = storedKey;
        this.serverKey = serverKey;
    }

    static ScramVerifier of(ScramKeys keys, byte[] salt, int iterations) {
        return new ScramVerifier(iterations, salt, keys.storedKey(), keys.serverKey());
    }

    /** @return null when the text is no such verifier */
    public static @Nullable ScramVerifier parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        try {
            int iterations = Integer.parseInt(parts.group(1));
            byte[] salt = Base64.getDecoder().decode(parts.group(2));
            byte[] stored = Base64.getDecoder().decode(parts.group(3));
            byte[] server = Base64.getDecoder().decode(parts.group(4));
            boolean sound = iterations > 0
                    && iterations <= MOST_ITERATIONS
                    && stored.length == Hashes.LENGTH
                    && server.length == Hashes.LENGTH;
            return sound ? new ScramVerifier(iterations, salt, stored, server) : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    int iterations() {
        return iterations;
    }

    byte[] salt() {
        return salt;
    }

    byte[] storedKey() {
        return storedKey;
    }

    byte[] serverKey() {
        return serverKey;
    }

    boolean sameSalt(byte[] otherSalt, int otherIterations) {
        return iterations == otherIterations && Arrays.equals(salt, otherSalt);
    }

    @Override
    public String toString() {
        return "ScramVerifier[***]";
    }
}
