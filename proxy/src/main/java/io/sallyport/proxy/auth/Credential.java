package io.sallyport.proxy.auth;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** What is known of one role's password: the password, or only its verifier. */
public final class Credential {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final @Nullable String password;
    private @Nullable ScramVerifier verifier;

    private Credential(@Nullable String password, @Nullable ScramVerifier verifier) {
        this.password = password;
        this.verifier = verifier;
    }

    public static Credential password(String password) {
        return new Credential(password, null);
    }

    public static Credential verifier(ScramVerifier verifier) {
        return new Credential(null, verifier);
    }

    /** Derived once; slow then, so never on an event loop. */
    public synchronized ScramVerifier verifier() {
        ScramVerifier known = verifier;
        if (known == null) {
            byte[] salt = new byte[16];
            RANDOM.nextBytes(salt);
            known = ScramVerifier.of(
                    ScramKeys.derive(String.valueOf(password), salt, ScramVerifier.ITERATIONS),
                    salt,
                    ScramVerifier.ITERATIONS);
            verifier = known;
        }
        return known;
    }

    /** @param proved what the client showed; null where a certificate spoke for it */
    public UpstreamSecret forServer(@Nullable ScramKeys proved) {
        if (password != null) {
            return UpstreamSecret.password(password);
        }
        return proved == null ? UpstreamSecret.NONE : UpstreamSecret.keys(proved, verifier());
    }

    @Override
    public String toString() {
        return "Credential[***]";
    }
}
