package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.admin.http.Answer;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.admin.http.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Signing in to the page and out of it. */
final class SessionApi {
    static final String PATH = "/api/v1/session";

    private final WebSessions sessions;
    private final SignIn signIn;

    SessionApi(WebSessions sessions, SignIn signIn) {
        this.sessions = sessions;
        this.signIn = signIn;
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
        signIn.prove(request, login.user(), login.password(), "page", new SignIn.Outcome() {
            @Override
            public void proved(String role, Set<String> memberOf) {
                // Whoever sat here before is gone.
                sessions.close(SessionCookie.secret(request));
                WebSessions.Opened opened = sessions.open(role, memberOf);
                to.accept(Reply.json(HttpResponseStatus.OK, about(opened.session()))
                        .with(
                                HttpHeaderNames.SET_COOKIE.toString(),
                                SessionCookie.of(opened.secret(), request.secure())));
            }

            @Override
            public void refused(Reply reply) {
                to.accept(reply);
            }
        });
    }

    private static Answer tell(Caller caller) {
        WebSession session = caller.session();
        return Reply.json(HttpResponseStatus.OK, session == null ? Map.of("role", caller.role()) : about(session));
    }

    private static Map<String, String> about(WebSession session) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("role", session.role());
        fields.put("csrf", session.csrf());
        return fields;
    }

    private Answer signOut(Request request) {
        sessions.close(SessionCookie.secret(request));
        return Reply.json(HttpResponseStatus.OK, Map.of("signedOut", true))
                .with(HttpHeaderNames.SET_COOKIE.toString(), SessionCookie.gone(request.secure()));
    }
}
