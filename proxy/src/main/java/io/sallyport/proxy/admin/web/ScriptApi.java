package io.sallyport.proxy.admin.web;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.admin.http.Answer;
import io.sallyport.proxy.admin.http.Reply;
import io.sallyport.proxy.approval.VoteRefused;
import io.sallyport.proxy.grant.ScriptGrants;
import io.sallyport.proxy.grant.ScriptPlan;
import io.sallyport.proxy.store.StoreUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** Tokens for the statements of a file. */
final class ScriptApi {
    private final ScriptGrants grants;
    private final Clock clock;

    ScriptApi(ScriptGrants grants, Clock clock) {
        this.grants = grants;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.signedIn(HttpMethod.POST, "/api/v1/grants/preview", this::preview),
                Route.signedIn(HttpMethod.POST, "/api/v1/grants", this::grant));
    }

    private Answer preview(Caller caller, String unused) {
        try {
            ScriptBody body = ScriptBody.read(caller.request().body());
            return Reply.json(HttpResponseStatus.OK, PlanView.of(plan(body)));
        } catch (Bodies.Malformed malformed) {
            return HoldApi.invalid(String.valueOf(malformed.getMessage()));
        }
    }

    private ScriptPlan plan(ScriptBody body) {
        return grants.plan(body.script().getBytes(StandardCharsets.UTF_8), body.subject());
    }

    private Answer grant(Caller caller, String unused) {
        try {
            ScriptBody body = ScriptBody.read(caller.request().body());
            ScriptPlan plan = plan(body);
            if (!body.plan().equals(plan.digest())) {
                return Reply.error(
                        HttpResponseStatus.CONFLICT,
                        SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "the rules, or the file, are not what they were at the preview: look at it again");
            }
            return Reply.json(
                    HttpResponseStatus.OK,
                    GrantView.of(grants.grant(plan, body.file(), caller.voter(), body.terms()), clock.instant()));
        } catch (Bodies.Malformed malformed) {
            return HoldApi.invalid(String.valueOf(malformed.getMessage()));
        } catch (StoreUnavailable away) {
            return HoldApi.away(away);
        } catch (VoteRefused refused) {
            return HoldApi.refused(refused);
        }
    }
}
