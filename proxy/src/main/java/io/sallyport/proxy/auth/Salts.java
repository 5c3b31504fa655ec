package io.sallyport.proxy.auth;

import io.sallyport.proxy.config.AuthSettings;
import io.sallyport.proxy.config.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Salts of roles that are unknown, and of those whose password is known: the same name always gets the same, as with the
 * server's {@code mock_authentication_nonce}, so that asking again, of another replica or after a restart, tells nothing.
 */
public final class Salts {
    private static final int LEAST_BYTES = 32;

    private final byte[] secret;
    private final int iterations;

    /** @param iterations what the server's own verifiers have */
    public Salts(byte[] secret, int iterations) {
        this.secret = Hashes.sha256(secret);
        this.iterations = iterations;
    }

    /** @throws IOException when the file cannot be used; the message says why */
    static Salts of(AuthSettings settings) throws IOException {
        Path file = settings.saltFile();
        if (file == null) {
            byte[] random = new byte[LEAST_BYTES];
            new SecureRandom().nextBytes(random);
            return new Salts(random, settings.scramIterations());
        }
        try {
            byte[] secret = SmallFile.read(file);
            if (secret.length < LEAST_BYTES) {
                throw new IOException("holds less than " + LEAST_BYTES + " bytes");
            }
            return new Salts(secret, settings.scramIterations());
        } catch (IOException why) {
            throw new IOException("auth.salt_file: " + file + " " + why.getMessage(), why);
        }
    }

    /** What nothing opens. */
    public ScramVerifier ofNobody(String role) {
        byte[] key = Hashes.hmac(secret, Hashes.utf8("key of " + role));
        return new ScramVerifier(iterations, salt(role), key, key);
    }

    /** Slow: never on an event loop. */
    ScramVerifier of(String role, String password) {
        byte[] salt = salt(role);
        return ScramVerifier.of(ScramKeys.derive(password, salt, iterations), salt, iterations);
    }

    private byte[] salt(String role) {
        return Arrays.copyOf(Hashes.hmac(secret, Hashes.utf8("salt of " + role)), 16);
    }
}
