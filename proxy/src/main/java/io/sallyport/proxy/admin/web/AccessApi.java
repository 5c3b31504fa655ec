package io.sallyport.proxy.admin.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.access.AccessDesk;
import io.sallyport.proxy.access.AccessRefused;
import io.sallyport.proxy.access.AccessStore;
import io.sallyport.proxy.access.AccessToken;
import io.sallyport.proxy.access.AccessWish;
import io.sallyport.proxy.admin.http.Answer;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.store.StoreUnavailable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The personal access tokens of whoever asks. */
final class AccessApi {
    private static final String PATH = "/api/v1/access-tokens";

    /** Absent values are left out; the secret is there once. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String id,
            String role,
            String label,
            String createdAt,
            String expiresAt,
            @Nullable String usedAt,
            @Nullable String token) {
        static View of(AccessToken token, @Nullable String secret) {
            return new View(
                    token.id(),
                    token.owner().role(),
                    token.label(),
                    token.createdAt().toString(),
                    token.expiresAt().toString(),
                    token.usedAt() == null ? null : token.usedAt().toString(),
                    secret);
        }

        /** Never the secret. */
        @Override
        public String toString() {
            return "View[" + id + "]";
        }
    }

    private interface Asked {
        Answer ask() throws AccessRefused, StoreUnavailable, Bodies.Malformed;
    }

    private final AccessDesk desk;

    AccessApi(AccessDesk desk) {
        this.desk = desk;
    }

    List<Route> routes() {
        return List.of(
                Route.signedIn(HttpMethod.POST, PATH, (caller, unused) -> answer(() -> make(caller))),
                Route.signedIn(HttpMethod.GET, PATH, (caller, unused) -> answer(() -> list(caller))),
                Route.signedIn(
                        HttpMethod.DELETE, PATH + "/{id}", (caller, id) -> answer(() -> revoke(caller, lower(id)))));
    }

    private Answer make(Caller caller) throws AccessRefused, StoreUnavailable, Bodies.Malformed {
        AccessWish wish = Bodies.accessToken(caller.request().body());
        boolean role = caller.proven().identity().role() != null;
        if (caller.session() != null && role && caller.proven().standing().memberOf() == null) {
            // It would outlast the session of whoever found an unlocked screen.
            return refused(
                    SqlState.INSUFFICIENT_PRIVILEGE, "a token is made within 15 minutes of signing in; sign in again");
        }
        AccessStore.Made made = desk.make(caller.voter(), wish);
        return Reply.json(
                HttpResponseStatus.OK, View.of(made.token(), made.secret().text()));
    }

    private Answer list(Caller caller) throws AccessRefused, StoreUnavailable {
        List<View> tokens = desk.of(caller.voter()).stream()
                .map(token -> View.of(token, null))
                .toList();
        return Reply.json(HttpResponseStatus.OK, Map.of("tokens", tokens));
    }

    private Answer revoke(Caller caller, String id) throws AccessRefused, StoreUnavailable {
        desk.revoke(caller.voter(), id);
        return Reply.json(HttpResponseStatus.OK, Map.of("id", id, "revoked", true));
    }

    /** Routes know codes in upper case. */
    private static String lower(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    private static Answer answer(Asked what) {
        try {
            return what.ask();
        } catch (AccessRefused refused) {
            return refused(refused.sqlState(), String.valueOf(refused.getMessage()));
        } catch (StoreUnavailable away) {
            return refused(SqlState.SYSTEM_ERROR, String.valueOf(away.getMessage()));
        } catch (Bodies.Malformed malformed) {
            return refused(SqlState.INVALID_PARAMETER_VALUE, String.valueOf(malformed.getMessage()));
        }
    }

    private static Reply refused(String sqlState, String why) {
        return Reply.error(HoldApi.status(sqlState), sqlState, why);
    }
}
