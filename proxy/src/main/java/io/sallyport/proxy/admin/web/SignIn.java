package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.LoginThrottle;
import io.sallyport.proxy.auth.Networks;
import io.sallyport.proxy.auth.ProofRefused;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets whoever asks prove who they are; slow where it fails, and not often. */
final class SignIn {
    private static final Logger log = LoggerFactory.getLogger(SignIn.class);

    /** Proves somebody; may block. */
    interface Check {
        Proven check() throws ProofRefused;
    }

    /**
     * @param user who they say to be; empty where only the proof tells
     * @param what it is that is sent, and must not be read by others
     * @param by `page` or `api`
     */
    record Attempt(Request request, String user, String what, String by, Check check) {}

    /** What became of it; one of the two is called, once. */
    interface Outcome {
        void proved(Proven who);

        void refused(Reply reply);
    }

    private final LoginThrottle throttle;
    private final SignInLimits limits;
    private final SignInObserver observer;
    private final ScheduledExecutorService timer;

    SignIn(LoginThrottle throttle, SignInLimits limits, SignInObserver observer, ScheduledExecutorService timer) {
        this.throttle = throttle;
        this.limits = limits;
        this.observer = observer;
        this.timer = timer;
    }

    /** @param threads may block; rejects when its queue is full */
    void begin(Attempt attempt, Executor threads, Outcome outcome) {
        if (!attempt.request().confidential()) {
            outcome.refused(Reply.error(
                    HttpResponseStatus.FORBIDDEN,
                    SqlState.INVALID_AUTHORIZATION,
                    attempt.what() + " may not cross a network in the clear: set admin_tls.certificate and"
                            + " admin_tls.key, and use https"));
        } else if (!limits.begin(network(attempt), attempt.user())) {
            outcome.refused(Reply.error(
                            HttpResponseStatus.TOO_MANY_REQUESTS,
                            SqlState.INVALID_AUTHORIZATION,
                            "too many sign-ins failed; try again in some minutes")
                    .with("retry-after", String.valueOf(SignInLimits.WITHIN.toSeconds())));
        } else {
            submit(attempt, threads, outcome);
        }
    }

    private void submit(Attempt attempt, Executor threads, Outcome outcome) {
        try {
            threads.execute(() -> ask(attempt, outcome));
        } catch (RejectedExecutionException full) {
            limits.giveBack(network(attempt), attempt.user());
            outcome.refused(Reply.error(
                    HttpResponseStatus.SERVICE_UNAVAILABLE, SqlState.TOO_MANY_CONNECTIONS, "too many sign in at once"));
        }
    }

    private void ask(Attempt attempt, Outcome outcome) {
        Proven who;
        try {
            who = attempt.check().check();
        } catch (ProofRefused refused) {
            failed(attempt, refused, outcome);
            return;
        } catch (RuntimeException fault) {
            log.error("a sign-in failed", fault);
            outcome.refused(
                    Reply.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, SqlState.INTERNAL_ERROR, "see the log"));
            return;
        }
        limits.giveBack(network(attempt), attempt.user());
        observer.signedIn(who.name(), attempt.request().address(), attempt.by());
        outcome.proved(who);
    }

    private void failed(Attempt attempt, ProofRefused refused, Outcome outcome) {
        String why = String.valueOf(refused.getMessage());
        LoginFailure reason = refused.reason();
        Duration delay = Duration.ZERO;
        if (reason.ofInstallation()) {
            log.warn("sign-in of {}: {}", attempt.user(), why);
            limits.giveBack(network(attempt), attempt.user());
        } else {
            delay = throttle.failed(client(attempt.request()));
            log.info("sign-in from {} failed ({}): {}", attempt.request().address(), reason.label(), why);
        }
        observer.signInFailed(attempt.user(), attempt.request().address(), reason.label(), delay);
        later(delay, () -> outcome.refused(reply(reason, why)));
    }

    private static Reply reply(LoginFailure reason, String why) {
        if (reason.ofInstallation()) {
            return Reply.error(HttpResponseStatus.SERVICE_UNAVAILABLE, SqlState.INVALID_AUTHORIZATION, why);
        }
        return reason == LoginFailure.WRONG_PASSWORD ? unauthorized(why) : badToken(why);
    }

    private static String client(Request request) {
        return request.address() + ":" + request.from().getPort();
    }

    /** Who counts as one caller. */
    private static String network(Attempt attempt) {
        return Networks.of(client(attempt.request()));
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

    /** As RFC 6750 wants it; no browser asks anybody for a token. */
    static Reply badToken(String why) {
        return Reply.error(HttpResponseStatus.UNAUTHORIZED, SqlState.INVALID_AUTHORIZATION, why)
                .with(HttpHeaderNames.WWW_AUTHENTICATE.toString(), "Bearer error=\"invalid_token\"");
    }
}
