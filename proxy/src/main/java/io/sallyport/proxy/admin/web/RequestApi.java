package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.admin.http.Answer;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.approval.VoteRefused;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.store.StoreUnavailable;
import io.sallyport.proxy.token.TokenRequest;
import io.sallyport.proxy.token.Tokens;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What a token can be granted for, and granting it. */
final class RequestApi {
    /** Those that are open. */
    record Listing(List<RequestView> requests) {}

    private interface Asked {
        Answer answer() throws StoreUnavailable, VoteRefused, Bodies.Malformed;
    }

    private final Tokens tokens;
    private final Clock clock;

    RequestApi(Tokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.signedIn(HttpMethod.GET, "/api/v1/requests", this::list),
                Route.signedIn(HttpMethod.GET, "/api/v1/requests/{code}", this::show),
                Route.signedIn(HttpMethod.POST, "/api/v1/requests/{code}/grant", this::grant));
    }

    private Answer list(Caller caller, String unused) {
        return asked(() -> Reply.json(
                HttpResponseStatus.OK,
                new Listing(tokens.open().stream()
                        .map(request -> RequestView.listed(request, clock.instant()))
                        .toList())));
    }

    private Answer show(Caller caller, String code) {
        return asked(() -> {
            Optional<HoldCode> named = HoldApi.code(code);
            Optional<TokenRequest> found = named.isEmpty() ? Optional.empty() : tokens.find(named.get());
            return found.<Answer>map(
                            request -> Reply.json(HttpResponseStatus.OK, RequestView.whole(request, clock.instant())))
                    .orElseGet(RequestApi::missing);
        });
    }

    private Answer grant(Caller caller, String code) {
        Optional<HoldCode> named = HoldApi.code(code);
        if (named.isEmpty()) {
            return missing();
        }
        return asked(() -> Reply.json(
                HttpResponseStatus.OK,
                GrantView.of(
                        tokens.grant(
                                named.get(),
                                caller.voter(),
                                Bodies.grant(caller.request().body())),
                        clock.instant())));
    }

    private static Answer asked(Asked what) {
        try {
            return what.answer();
        } catch (Bodies.Malformed malformed) {
            return HoldApi.invalid(String.valueOf(malformed.getMessage()));
        } catch (StoreUnavailable away) {
            return HoldApi.away(away);
        } catch (VoteRefused refused) {
            return refused.sqlState().equals(SqlState.UNDEFINED_OBJECT) ? missing() : HoldApi.refused(refused);
        }
    }

    /** The code is not repeated: it is whatever somebody typed. */
    private static Reply missing() {
        return Reply.error(HttpResponseStatus.NOT_FOUND, SqlState.UNDEFINED_OBJECT, "there is no request of this code");
    }
}
