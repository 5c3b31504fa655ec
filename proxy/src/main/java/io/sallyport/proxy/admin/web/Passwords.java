package io.sallyport.proxy.admin.web;

import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.auth.PasswordProof;
import java.util.concurrent.Executor;

/** Proves who asks by a login to the server. */
final class Passwords {
    private static final int LONGEST_NAME = 63;

    private final PasswordProof proof;
    private final SignIn signIn;
    private final Executor logins;

    /** @param logins may block; rejects when its queue is full */
    Passwords(PasswordProof proof, SignIn signIn, Executor logins) {
        this.proof = proof;
        this.signIn = signIn;
        this.logins = logins;
    }

    /** @param by `page` or `api` */
    void prove(Request request, Bodies.Login login, String by, SignIn.Outcome outcome) {
        String user = login.user();
        if (request.confidential() && (user.isEmpty() || user.length() > LONGEST_NAME)) {
            outcome.refused(SignIn.unauthorized("expected a user name of at most 63 bytes"));
            return;
        }
        SignIn.Check check = () -> Proven.role(user, null, proof.prove(user, login.password()));
        signIn.begin(new SignIn.Attempt(request, user, "a password", by, check), logins, outcome);
    }
}
