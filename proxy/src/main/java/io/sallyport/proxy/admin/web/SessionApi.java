package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.policies.approval.OidcSubject;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.admin.http.Answer;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.approval.Proven;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Signing in to the page and out of it. */
final class SessionApi {
    static final String PATH = "/api/v1/session";

    private final WebSessions sessions;
    private final Passwords passwords;

    SessionApi(WebSessions sessions, Passwords passwords) {
        this.sessions = sessions;
        this.passwords = passwords;
    }

    List<Route> routes() {
        return List.of(
                new Route(HttpMethod.POST, PATH, true, (caller, code, to) -> signIn(caller.request(), to)),
                Route.signedIn(HttpMethod.GET, PATH, (caller, code) -> tell(caller)),
                Route.signedIn(HttpMethod.DELETE, PATH, (caller, code) -> signOut(caller.request())));
    }

    private void signIn(Request request, Consumer<Answer> to) {
        Bodies.Login login;
        try {
            login = Bodies.login(request.body());
        } catch (Bodies.Malformed malformed) {
            to.accept(Reply.error(
                    HttpResponseStatus.UNPROCESSABLE_ENTITY,
                    SqlState.INVALID_PARAMETER_VALUE,
                    String.valueOf(malformed.getMessage())));
            return;
        }
        passwords.prove(request, login, "page", new SignIn.Outcome() {
            @Override
            public void proved(Proven who) {
                WebSessions.Opened opened = sessions.replace(BrowserCookie.SESSION.value(request), who);
                to.accept(Reply.json(HttpResponseStatus.OK, about(who, opened.session()))
                        .withCookie(BrowserCookie.SESSION.of(opened.secret(), request.secure())));
            }

            @Override
            public void refused(Reply reply) {
                to.accept(reply);
            }
        });
    }

    private static Answer tell(Caller caller) {
        return Reply.json(HttpResponseStatus.OK, about(caller.proven(), caller.session()));
    }

    private static Map<String, String> about(Proven who, @Nullable WebSession session) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", who.name());
        String role = who.identity().role();
        if (role != null) {
            fields.put("role", role);
        }
        OidcSubject subject = who.identity().subject();
        if (subject != null) {
            fields.put("issuer", subject.issuer());
            fields.put("subject", subject.subject());
        }
        if (session != null) {
            fields.put("csrf", session.csrf());
        }
        return fields;
    }

    private Answer signOut(Request request) {
        sessions.close(BrowserCookie.SESSION.value(request));
        return Reply.json(HttpResponseStatus.OK, Map.of("signedOut", true))
                .withCookie(BrowserCookie.SESSION.gone(request.secure()));
    }
}
