package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.admin.http.Answer;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.admin.http.Request;
import io.sallyport.proxy.admin.http.Responder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what is asked for, and lets only those ask who may: signed in, and from this server's own page. */
final class Web implements Responder {
    private static final Logger log = LoggerFactory.getLogger(Web.class);

    private final List<Route> routes;
    private final Callers callers;
    private final Executor work;

    /** @param work rejects when its queue is full */
    Web(List<Route> routes, Callers callers, Executor work) {
        this.routes = routes;
        this.callers = callers;
        this.work = work;
    }

    @Override
    public void answer(Request request, Consumer<Answer> to) {
        List<Route> here = routes.stream()
                .filter(route -> route.match(request.path()) != null)
                .toList();
        Route route = here.stream()
                .filter(candidate -> candidate.takes(request.method()))
                .findFirst()
                .orElse(null);
        if (here.isEmpty()) {
            to.accept(Reply.error(HttpResponseStatus.NOT_FOUND, "there is nothing here; see /api/v1/openapi.json"));
        } else if (route == null) {
            to.accept(notAllowed(here));
        } else {
            String crossSite = request.changes() ? CrossSite.refusal(request) : null;
            if (crossSite != null) {
                to.accept(Reply.error(HttpResponseStatus.FORBIDDEN, SqlState.INSUFFICIENT_PRIVILEGE, crossSite));
            } else if (route.open()) {
                run(route, new Caller(null, null, request), to);
            } else {
                callers.identify(request, caller -> run(route, caller, to), to::accept);
            }
        }
    }

    private void run(Route route, Caller caller, Consumer<Answer> to) {
        try {
            work.execute(() -> perform(route, caller, to));
        } catch (RejectedExecutionException full) {
            to.accept(Reply.error(HttpResponseStatus.SERVICE_UNAVAILABLE, "too much is being asked at once"));
        }
    }

    private static void perform(Route route, Caller caller, Consumer<Answer> to) {
        try {
            route.action().answer(caller, code(route, caller.request()), to);
        } catch (RuntimeException fault) {
            log.error("{} cannot be answered", caller.request(), fault);
            to.accept(Reply.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, SqlState.INTERNAL_ERROR, "see the log"));
        }
    }

    private static String code(Route route, Request request) {
        @Nullable String code = route.match(request.path());
        return code == null ? "" : code.toUpperCase(Locale.ROOT);
    }

    private static Reply notAllowed(List<Route> here) {
        String methods = here.stream().map(Route::method).map(HttpMethod::name).collect(Collectors.joining(", "));
        return Reply.error(HttpResponseStatus.METHOD_NOT_ALLOWED, "expected " + methods)
                .with(HttpHeaderNames.ALLOW.toString(), methods);
    }
}
