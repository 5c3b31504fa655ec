package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.auth.LoginThrottle;
import io.sallyport.proxy.auth.Networks;
import io.sallyport.proxy.auth.PasswordProof;
import io.sallyport.proxy.auth.PasswordRefused;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves who asks, by a login to the server; slow where it fails, and not often. */
final class SignIn {
    private static final Logger log = LoggerFactory.getLogger(SignIn.class);
    private static final int LONGEST_NAME = 63;

    /** What became of it; one of the two is called, once. */
    interface Outcome {
        /** @param memberOf what the role is a member of, as the server says now */
        void proved(String role, Set<String> memberOf);

        void refused(Reply reply);
    }

    private final PasswordProof proof;
    private final LoginThrottle throttle;
    private final SignInLimits limits;
    private final SignInObserver observer;
    private final Executor logins;
    private final ScheduledExecutorService timer;

    /** @param logins may block; rejects when its queue is full */
    SignIn(
            PasswordProof proof,
            LoginThrottle throttle,
            SignInLimits limits,
            SignInObserver observer,
            Executor logins,
            ScheduledExecutorService timer) {
        this.proof = proof;
        this.throttle = throttle;
        this.limits = limits;
        this.observer = observer;
        this.logins = logins;
        this.timer = timer;
    }

    /** @param by `page` or `api` */
    void prove(Request request, String user, String password, String by, Outcome outcome) {
        if (!request.confidential()) {
            outcome.refused(Reply.error(
                    HttpResponseStatus.FORBIDDEN,
                    SqlState.INVALID_AUTHORIZATION,
                    "a password may not cross a network in the clear: set admin_tls.certificate and admin_tls.key,"
                            + " and use https"));
            return;
        }
        if (user.isEmpty() || user.length() > LONGEST_NAME) {
            outcome.refused(unauthorized("expected a user name of at most 63 bytes"));
        } else if (!limits.begin(network(request), user)) {
            outcome.refused(Reply.error(
                            HttpResponseStatus.TOO_MANY_REQUESTS,
                            SqlState.INVALID_AUTHORIZATION,
                            "too many sign-ins failed; try again in some minutes")
                    .with("retry-after", String.valueOf(SignInLimits.WITHIN.toSeconds())));
        } else {
            submit(request, user, password, by, outcome);
        }
    }

    private void submit(Request request, String user, String password, String by, Outcome outcome) {
        try {
            logins.execute(() -> ask(request, user, password, by, outcome));
        } catch (RejectedExecutionException full) {
            limits.giveBack(network(request), user);
            outcome.refused(Reply.error(
                    HttpResponseStatus.SERVICE_UNAVAILABLE, SqlState.TOO_MANY_CONNECTIONS, "too many sign in at once"));
        }
    }

    private void ask(Request request, String user, String password, String by, Outcome outcome) {
        Set<String> memberOf;
        try {
            memberOf = proof.prove(user, password);
        } catch (PasswordRefused refused) {
            failed(request, user, refused, outcome);
            return;
        } catch (RuntimeException fault) {
            log.error("a sign-in failed", fault);
            outcome.refused(
                    Reply.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, SqlState.INTERNAL_ERROR, "see the log"));
            return;
        }
        limits.giveBack(network(request), user);
        observer.signedIn(user, request.address(), by);
        outcome.proved(user, memberOf);
    }

    private void failed(Request request, String user, PasswordRefused refused, Outcome outcome) {
        String why = String.valueOf(refused.getMessage());
        boolean wrong = refused.reason() == PasswordRefused.Reason.WRONG;
        if (!wrong) {
            log.warn("sign-in of {}: {}", user, why);
            limits.giveBack(network(request), user);
        }
        Duration delay = wrong ? throttle.failed(client(request)) : Duration.ZERO;
        observer.signInFailed(user, request.address(), wrong ? "wrong_password" : "server", delay);
        Reply reply = wrong
                ? unauthorized(why)
                : Reply.error(HttpResponseStatus.SERVICE_UNAVAILABLE, SqlState.INVALID_AUTHORIZATION, why);
        later(delay, () -> outcome.refused(reply));
    }

    private static String client(Request request) {
        return request.address() + ":" + request.from().getPort();
    }

    /** Who counts as one caller. */
    private static String network(Request request) {
        return Networks.of(client(request));
    }

    private void later(Duration delay, Runnable task) {
        try {
            var unused = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            task.run();
        }
    }

    /** Without WWW-Authenticate: a browser would ask for the password itself, and keep it. */
    static Reply unauthorized(String why) {
        return Reply.error(HttpResponseStatus.UNAUTHORIZED, SqlState.INVALID_PASSWORD, why);
    }
}
