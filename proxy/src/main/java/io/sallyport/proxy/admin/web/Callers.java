package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.approval.Proven;
import java.util.function.Consumer;

/** Finds out who asks: by what the request's head proves, or else by the page's cookie. */
final class Callers {
    private final WebSessions sessions;
    private final Passwords passwords;
    private final Bearers tokens;

    Callers(WebSessions sessions, Passwords passwords, Bearers tokens) {
        this.sessions = sessions;
        this.passwords = passwords;
        this.tokens = tokens;
    }

    /** Calls one of the two, once. */
    void identify(Request request, Consumer<Caller> known, Consumer<Reply> refused) {
        Authorization given = Authorization.of(request);
        SignIn.Outcome outcome = new SignIn.Outcome() {
            @Override
            public void proved(Proven who) {
                known.accept(new Caller(who, null, request));
            }

            @Override
            public void refused(Reply reply) {
                refused.accept(reply);
            }
        };
        if (given == null) {
            bySession(request, known, refused);
        } else if (given instanceof Authorization.Basic basic) {
            passwords.prove(request, basic.login(), "api", outcome);
        } else if (given instanceof Authorization.Bearer bearer) {
            tokens.prove(request, bearer.token(), outcome);
        } else {
            refused.accept(SignIn.unauthorized("expected Authorization: Basic, or Bearer"));
        }
    }

    private void bySession(Request request, Consumer<Caller> known, Consumer<Reply> refused) {
        WebSession session = sessions.use(BrowserCookie.SESSION.value(request));
        if (session == null) {
            refused.accept(Reply.error(
                    HttpResponseStatus.UNAUTHORIZED, SqlState.INVALID_AUTHORIZATION, "nobody is signed in"));
        } else if (request.changes() && !CrossSite.hasToken(request, session)) {
            refused.accept(Reply.error(
                    HttpResponseStatus.FORBIDDEN,
                    SqlState.INSUFFICIENT_PRIVILEGE,
                    "expected the session's token in " + CrossSite.TOKEN_HEADER));
        } else {
            known.accept(new Caller(sessions.who(session), session, request));
        }
    }
}
