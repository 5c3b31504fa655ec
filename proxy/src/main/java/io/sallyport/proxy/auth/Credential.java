package io.sallyport.proxy.auth;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is known of one role's password: the password, or only its verifier. */
public final class Credential {
    private final @Nullable String password;
    private final Supplier<ScramVerifier> derive;
    private @Nullable ScramVerifier verifier;

    private Credential(@Nullable String password, Supplier<ScramVerifier> derive) {
        this.password = password;
        this.derive = derive;
    }

    public static Credential password(String role, String password, Salts salts) {
        return new Credential(password, () -> salts.of(role, password));
    }

    public static Credential verifier(ScramVerifier verifier) {
        return new Credential(null, () -> verifier);
    }

    /** Derived once; slow then, so never on an event loop. */
    public synchronized ScramVerifier verifier() {
        ScramVerifier known = verifier;
        if (known == null) {
            known = derive.get();
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
