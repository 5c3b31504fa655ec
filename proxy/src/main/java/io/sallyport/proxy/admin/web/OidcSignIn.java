package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.proxy.admin.http.Answer;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.auth.ProofRefused;
import io.sallyport.proxy.config.OidcSettings;
import io.sallyport.proxy.oidc.CodeFlow;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Sends browsers to the issuer, and opens a session for those that come back. All of it ends on the page, nowhere else. */
final class OidcSignIn {
    private static final String PATH = "/sign-in/oidc";

    private final CodeFlow flow;
    private final WebSessions sessions;
    private final SignIn signIn;
    private final Executor threads;

    /** @param threads may block; rejects when its queue is full */
    OidcSignIn(CodeFlow flow, WebSessions sessions, SignIn signIn, Executor threads) {
        this.flow = flow;
        this.sessions = sessions;
        this.signIn = signIn;
        this.threads = threads;
    }

    List<Route> routes() {
        return List.of(
                new Route(HttpMethod.GET, PATH, true, (caller, code, to) -> begin(caller.request(), to)),
                new Route(
                        HttpMethod.GET,
                        OidcSettings.SignIn.CALLBACK,
                        true,
                        (caller, code, to) -> finish(caller.request(), to)));
    }

    private void begin(Request request, Consumer<Answer> to) {
        String site = request.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            // Otherwise any site could begin a sign-in in somebody's name, or end one that was begun.
            to.accept(Reply.error(HttpResponseStatus.FORBIDDEN, "sign-in begins on the page"));
            return;
        }
        if (!request.confidential()) {
            to.accept(failed("insecure"));
            return;
        }
        try {
            threads.execute(() -> to.accept(sent(request)));
        } catch (RejectedExecutionException full) {
            to.accept(failed("unavailable"));
        }
    }

    private Reply sent(Request request) {
        try {
            CodeFlow.Begun begun = flow.begin();
            return redirect(begun.address()).withCookie(BrowserCookie.SIGN_IN.of(begun.kept(), request.secure()));
        } catch (ProofRefused | RuntimeException away) {
            return failed("unavailable");
        }
    }

    private void finish(Request request, Consumer<Answer> to) {
        CodeFlow.Returned returned = new CodeFlow.Returned(
                Objects.requireNonNullElse(BrowserCookie.SIGN_IN.value(request), ""),
                request.parameter("state"),
                request.parameter("code"),
                request.parameter("iss"));
        String gone = BrowserCookie.SIGN_IN.gone(request.secure());
        SignIn.Check check = () -> flow.finish(returned);
        signIn.begin(new SignIn.Attempt(request, "", "a sign-in", "page", check), threads, new SignIn.Outcome() {
            @Override
            public void proved(Proven who) {
                WebSessions.Opened opened = sessions.replace(BrowserCookie.SESSION.value(request), who);
                to.accept(redirect(flow.page() + "/")
                        .withCookie(BrowserCookie.SESSION.of(opened.secret(), request.secure()))
                        .withCookie(gone));
            }

            @Override
            public void refused(Reply reply) {
                to.accept(failed(reason(reply.status())).withCookie(gone));
            }
        });
    }

    /** The page has words for each; none of them comes from outside. */
    private static String reason(HttpResponseStatus status) {
        return switch (status.code()) {
            case 403 -> "insecure";
            case 429 -> "too-many";
            case 503 -> "unavailable";
            default -> "refused";
        };
    }

    private Reply failed(String reason) {
        return redirect(flow.page() + "/?sign-in=" + reason);
    }

    private static Reply redirect(String address) {
        return Reply.text(HttpResponseStatus.SEE_OTHER, "text/plain; charset=utf-8", "")
                .with(HttpHeaderNames.LOCATION.toString(), address);
    }
}
