package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.admin.http.Answer;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.kept.UndoDesk;
import io.sallyport.proxy.kept.UndoRefused;
import io.sallyport.proxy.store.StoreUnavailable;
import java.util.List;
import java.util.Optional;

/** Has kept rows brought back, by an approval of its own. */
final class UndoApi {
    private final UndoDesk desk;

    UndoApi(UndoDesk desk) {
        this.desk = desk;
    }

    List<Route> routes() {
        return List.of(
                Route.signedIn(HttpMethod.POST, "/api/v1/kept/{code}/undo", this::ask),
                Route.signedIn(HttpMethod.POST, "/api/v1/kept/{code}/undo/withdraw", this::withdraw));
    }

    private Answer ask(Caller caller, String code) {
        Optional<HoldCode> named = HoldApi.code(code);
        if (named.isEmpty()) {
            return missing();
        }
        try {
            String reason = Bodies.ballot(caller.request().body()).reason();
            Hold hold = desk.ask(new UndoDesk.Wish(
                    named.get(),
                    caller.proven().identity(),
                    caller.voter().session(),
                    caller.request().address(),
                    reason));
            return Reply.json(HttpResponseStatus.OK, HoldView.listed(hold));
        } catch (Bodies.Malformed malformed) {
            return HoldApi.invalid(String.valueOf(malformed.getMessage()));
        } catch (UndoRefused refused) {
            return Reply.error(
                    HoldApi.status(refused.sqlState()), refused.sqlState(), String.valueOf(refused.getMessage()));
        } catch (StoreUnavailable away) {
            return HoldApi.away(away);
        }
    }

    private Answer withdraw(Caller caller, String code) {
        Optional<HoldCode> named = HoldApi.code(code);
        Optional<Hold> hold = named.flatMap(desk::waiting);
        if (named.isEmpty() || hold.isEmpty()) {
            return missing();
        }
        return desk.withdraw(named.get(), caller.proven().identity())
                ? Reply.json(HttpResponseStatus.OK, HoldView.listed(hold.get()))
                : Reply.error(
                        HttpResponseStatus.CONFLICT,
                        SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "it is not yours, or does not wait any more");
    }

    private static Reply missing() {
        return Reply.error(
                HttpResponseStatus.NOT_FOUND, SqlState.UNDEFINED_OBJECT, "no undo of this code waits at this proxy");
    }
}
