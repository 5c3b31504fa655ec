package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.oidc.Oidc;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Proves who asks by the token that they carry (RFC 6750). */
final class Bearers {
    /** Of personal access tokens, which no issuer makes: a JWT begins with {@code eyJ}. */
    private static final String PERSONAL = "sp_";

    private final @Nullable Oidc oidc;
    private final SignIn signIn;
    private final Executor threads;

    /**
     * @param oidc null where no issuer is trusted
     * @param threads may block; rejects when its queue is full
     */
    Bearers(@Nullable Oidc oidc, SignIn signIn, Executor threads) {
        this.oidc = oidc;
        this.signIn = signIn;
        this.threads = threads;
    }

    void prove(Request request, String token, SignIn.Outcome outcome) {
        Oidc issuer = oidc;
        if (token.startsWith(PERSONAL)) {
            outcome.refused(SignIn.badToken("personal access tokens are not taken here"));
        } else if (issuer == null) {
            outcome.refused(SignIn.badToken("no bearer tokens are taken here: oidc.issuer is not set"));
        } else {
            signIn.begin(
                    new SignIn.Attempt(request, "", "a token", "api", () -> issuer.bearer(token)), threads, outcome);
        }
    }
}
