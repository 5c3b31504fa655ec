package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.access.AccessProof;
import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.oidc.Oidc;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Proves who asks by the token that they carry (RFC 6750). */
final class Bearers {
    /** Of personal access tokens, which no issuer makes: a JWT begins with {@code eyJ}. */
    private static final String PERSONAL = "sp_";

    private final @Nullable Oidc oidc;
    private final AccessProof access;
    private final SignIn signIn;
    private final Threads threads;

    /** Where to wait for the issuer, and for the control database; both reject when their queue is full. */
    record Threads(Executor issuer, Executor access) {}

    /** @param oidc null where no issuer is trusted */
    Bearers(@Nullable Oidc oidc, AccessProof access, SignIn signIn, Threads threads) {
        this.oidc = oidc;
        this.access = access;
        this.signIn = signIn;
        this.threads = threads;
    }

    void prove(Request request, String token, SignIn.Outcome outcome) {
        Oidc issuer = oidc;
        if (token.startsWith(PERSONAL)) {
            begin(request, () -> access.prove(token), threads.access(), outcome);
        } else if (issuer == null) {
            outcome.refused(SignIn.badToken(
                    "expected a personal access token (sp_…); no issuer's are taken here: oidc.issuer is not set"));
        } else {
            begin(request, () -> issuer.bearer(token), threads.issuer(), outcome);
        }
    }

    private void begin(Request request, SignIn.Check check, Executor where, SignIn.Outcome outcome) {
        signIn.begin(new SignIn.Attempt(request, "", "a token", "api", check), where, outcome);
    }
}
