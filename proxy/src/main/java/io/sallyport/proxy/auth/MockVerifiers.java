package io.sallyport.proxy.auth;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Verifiers for roles that are unknown: the same name gets the same salt as long as the process lives, as it does with
 * the server's {@code mock_authentication_nonce}, so that asking twice tells nothing.
 */
public final class MockVerifiers {
    private final byte[] secret = new byte[Hashes.LENGTH];

    public MockVerifiers() {
        new SecureRandom().nextBytes(secret);
    }

    public ScramVerifier of(String role) {
        byte[] salt = Arrays.copyOf(Hashes.hmac(secret, Hashes.utf8(role)), 16);
        byte[] nobody = Hashes.hmac(secret, Hashes.utf8("key of " + role));
        return new ScramVerifier(ScramVerifier.ITERATIONS, salt, nobody, nobody);
    }
}
