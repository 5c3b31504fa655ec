package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.proxy.access.AccessOffice;
import io.sallyport.proxy.admin.http.Answer;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.admin.http.Responder;
import io.sallyport.proxy.approval.Approvals;
import io.sallyport.proxy.auth.LoginThrottle;
import io.sallyport.proxy.auth.PasswordProof;
import io.sallyport.proxy.config.EnvironmentName;
import io.sallyport.proxy.config.PageSettings;
import io.sallyport.proxy.grant.ScriptGrants;
import io.sallyport.proxy.hold.HoldFeed;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.kept.UndoDesk;
import io.sallyport.proxy.oidc.Oidc;
import io.sallyport.proxy.safety.NetStore;
import io.sallyport.proxy.token.Tokens;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The page and the API, put together, with threads of their own: the server's loop never waits. */
public final class ApprovalWeb implements Responder, AutoCloseable {
    private static final int MOST_FAILED_SIGN_INS = 20;
    private static final int WORKERS = 2;
    private static final int MOST_QUEUED_WORK = 512;
    private static final int LOGINS = 4;
    private static final int MOST_QUEUED_LOGINS = 64;

    /** What the page shows and decides on. */
    public record Desk(
            Holds holds,
            NetStore nets,
            UndoDesk undos,
            Approvals approvals,
            HoldFeed feed,
            Tokens tokens,
            ScriptGrants scripts) {}

    /** How people are known. */
    public record Identity(
            PasswordProof proof,
            @Nullable Oidc oidc,
            AccessOffice access,
            LoginThrottle throttle,
            SignInObserver observer) {}

    private final List<Route> routes = new ArrayList<>();
    private final WebSessions sessions;
    private final PageSettings settings;
    private final Clock clock;
    private final EnvironmentName environment;
    private final boolean tls;
    private final @Nullable Oidc oidc;
    private final EventStreams events;
    private final ExecutorService work = pool("page", WORKERS, MOST_QUEUED_WORK);
    private final ExecutorService logins = pool("sign-in", LOGINS, MOST_QUEUED_LOGINS);
    /** Apart from logins: while the issuer is slow, passwords go on. */
    private final ExecutorService tokens = pool("token", LOGINS, MOST_QUEUED_LOGINS);

    /** Apart too: while the control database is away, the issuer's tokens go on. */
    private final ExecutorService accessTokens = pool("access-token", LOGINS, MOST_QUEUED_LOGINS);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(daemon("page-events"));
    private final Web web;

    /**
     * @param environment what stands behind the proxy
     * @param tls whether the admin server speaks it
     */
    public ApprovalWeb(
            PageSettings settings, String environment, boolean tls, Desk desk, Identity identity, Clock clock) {
        this.settings = settings;
        this.environment = EnvironmentName.of(environment);
        this.tls = tls;
        this.oidc = identity.oidc();
        this.clock = clock;
        this.sessions = new WebSessions(settings, clock);
        SignInLimits limits = new SignInLimits(MOST_FAILED_SIGN_INS, clock);
        SignIn signIn = new SignIn(identity.throttle(), limits, identity.observer(), timer);
        Passwords passwords = new Passwords(identity.proof(), signIn, logins);
        HoldApi holds = new HoldApi(desk.holds(), desk.nets(), desk.approvals());
        this.events = new EventStreams(holds, timer, clock);
        desk.feed().watch(events);
        routes.addAll(PageFiles.routes());
        routes.add(Route.open(HttpMethod.GET, "/api/v1/about", this::about));
        routes.addAll(new SessionApi(sessions, passwords).routes());
        routes.add(Route.signedIn(HttpMethod.GET, "/api/v1/holds", holds::list));
        routes.add(Route.signedIn(HttpMethod.GET, "/api/v1/holds/{code}", holds::show));
        routes.add(Route.signedIn(HttpMethod.POST, "/api/v1/holds/{code}/approve", holds::approve));
        routes.add(Route.signedIn(HttpMethod.POST, "/api/v1/holds/{code}/reject", holds::reject));
        routes.add(Route.signedIn(HttpMethod.POST, "/api/v1/holds/{code}/withdraw", holds::withdraw));
        routes.add(Route.signedIn(HttpMethod.POST, "/api/v1/holds/{code}/break-glass", holds::breakGlass));
        routes.add(Route.signedIn(HttpMethod.GET, "/api/v1/kept/{code}", holds::kept));
        routes.addAll(new UndoApi(desk.undos()).routes());
        routes.addAll(new RequestApi(desk.tokens(), clock).routes());
        routes.addAll(new ScriptApi(desk.scripts(), clock).routes());
        routes.add(Route.signedIn(HttpMethod.GET, "/api/v1/history", holds::history));
        routes.add(Route.signedIn(HttpMethod.GET, "/api/v1/events", (caller, code) -> watch(caller)));
        routes.addAll(new AccessApi(identity.access().desk()).routes());
        if (identity.oidc() != null && identity.oidc().codes() != null) {
            routes.addAll(new OidcSignIn(identity.oidc().codes(), sessions, signIn, tokens).routes());
        }
        Bearers bearers = new Bearers(
                identity.oidc(), identity.access().proof(), signIn, new Bearers.Threads(tokens, accessTokens));
        this.web = new Web(List.copyOf(routes), new Callers(sessions, passwords, bearers), work);
        if (identity.oidc() != null) {
            tokens.execute(identity.oidc()::getReady);
        }
    }

    @Override
    public void answer(Request request, Consumer<Answer> to) {
        if (tls && !request.confidential() && request.path().equals("/")) {
            String host = String.valueOf(request.header("Host"));
            to.accept(Reply.error(HttpResponseStatus.PERMANENT_REDIRECT, "the page needs https")
                    .with(HttpHeaderNames.LOCATION.toString(), "https://" + host + "/"));
        } else {
            web.answer(request, to);
        }
    }

    List<Route> routes() {
        return routes;
    }

    private Answer about(Caller caller) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("environment", environment.name());
        fields.put("production", environment.production());
        fields.put("signIn", caller.request().confidential());
        if (oidc != null) {
            fields.putAll(oidc.about());
        }
        return Reply.json(HttpResponseStatus.OK, fields);
    }

    /** Looking on is no use of a session: an abandoned screen is signed out. */
    private Answer watch(Caller caller) {
        Instant end = caller.watchesUntil(clock.instant(), settings.longest());
        String secret = BrowserCookie.SESSION.value(caller.request());
        return events.open(() -> caller.session() == null
                ? clock.instant().isBefore(end)
                : caller.session().equals(sessions.find(secret)));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        logins.shutdownNow();
        tokens.shutdownNow();
        accessTokens.shutdownNow();
        work.shutdownNow();
    }

    private static ExecutorService pool(String name, int threads, int queue) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), daemon(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
