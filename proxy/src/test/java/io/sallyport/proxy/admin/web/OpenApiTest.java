package io.sallyport.proxy.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.Policy;
import io.sallyport.proxy.access.AccessOwner;
import io.sallyport.proxy.access.AccessToken;
import io.sallyport.proxy.approval.Approvals;
import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.auth.LoginThrottle;
import io.sallyport.proxy.config.PageSettings;
import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.grant.ScriptGrants;
import io.sallyport.proxy.grant.ScriptPlan;
import io.sallyport.proxy.grant.ScriptSubject;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldFeed;
import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.HoldTerms;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Outcome;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.kept.KeepingRoom;
import io.sallyport.proxy.kept.UndoDesk;
import io.sallyport.proxy.kept.Undoing;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.safety.MemoryNets;
import io.sallyport.proxy.session.fakes.MemoryTokens;
import io.sallyport.proxy.session.fakes.NoAccessTokens;
import io.sallyport.proxy.token.Grant;
import io.sallyport.proxy.token.GrantTerms;
import io.sallyport.proxy.token.SearchPath;
import io.sallyport.proxy.token.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document says what there is, and nothing that is not. */
class OpenApiTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HoldObserver NOBODY = new HoldObserver() {
        @Override
        public void opened(Hold hold) {}

        @Override
        public void ended(Hold hold, Resolution resolution) {}
    };

    private final Tokens tokens = new MemoryTokens().tokens(Clock.systemUTC());
    private final MemoryNets nets = new MemoryNets();
    private final HoldFeed feed = new HoldFeed(NOBODY);
    private final Holds holds = HoldFixture.holds(Clock.systemUTC(), Duration.ofMinutes(10), feed);

    private static JsonNode document() throws IOException {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("openapi.json")) {
            return JSON.readTree(in);
        }
    }

    @Test
    void every_route_of_the_api_is_documented_and_no_other() throws IOException {
        List<String> documented = new ArrayList<>();
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method ->
                                documented.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
        try (ApprovalWeb web = web()) {
            assertThat(web.routes().stream()
                            .filter(route -> route.template().startsWith("/api/"))
                            .map(route -> route.method() + " " + route.template()))
                    .containsExactlyInAnyOrderElementsOf(documented);
        }
    }

    @Test
    void what_needs_no_sign_in_is_documented_so() throws IOException {
        JsonNode paths = document().path("paths");
        try (ApprovalWeb web = web()) {
            for (Route route : web.routes()) {
                if (route.template().startsWith("/api/")) {
                    JsonNode operation = paths.path(route.template())
                            .path(route.method().name().toLowerCase(Locale.ROOT));
                    assertThat(operation.has("security")).as(route.template()).isEqualTo(route.open());
                }
            }
        }
    }

    @Test
    void every_reference_leads_somewhere() throws IOException {
        JsonNode document = document();
        document.findValuesAsString("$ref")
                .forEach(ref -> assertThat(document.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
    }

    @Test
    void a_hold_has_the_documented_fields() throws IOException {
        JsonNode schema = document().at("/components/schemas/Hold");
        Hold waiting = holds.open(HoldFixture.REQUEST, null, (hold, how) -> {});
        Hold rejected = holds.open(HoldFixture.on(HoldTerms.NONE), null, (hold, how) -> {});
        holds.resolve(rejected, new Resolution.Rejected("bob", "no"));
        // What is rejected never runs; this one has every field for once.
        holds.finished(rejected, new Outcome(List.of("DELETE 1"), null));
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        List<String> all = new ArrayList<>(schema.path("properties").propertyNames());
        assertThat(JSON.<JsonNode>valueToTree(HoldView.whole(waiting, false, List.of()))
                        .propertyNames())
                .containsExactlyInAnyOrderElementsOf(required);
        assertThat(JSON.<JsonNode>valueToTree(
                                HoldView.whole(holds.find(rejected.code()).orElseThrow(), false, List.of()))
                        .propertyNames())
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void a_request_and_a_plan_have_the_documented_fields() throws Exception {
        ScriptPlan plan = new ScriptGrants(Policy::builtIn, tokens, Clock.systemUTC())
                .plan(
                        "DROP TABLE t; SELECT 1".getBytes(StandardCharsets.UTF_8),
                        new ScriptSubject("app", "shop", "", Set.of(), SearchPath.OWN));
        assertThat(plan.covered()).hasSize(1);
        assertThat(names(PlanView.of(plan))).isEqualTo(required("Plan"));
        Grant grant = new ScriptGrants(Policy::builtIn, tokens, Clock.systemUTC())
                .grant(plan, "f.sql", new Voter("bob", "test"), GrantTerms.EMPTY);
        assertThat(names(RequestView.whole(grant.request(), Instant.now()))).isEqualTo(required("Request"));
        assertThat(names(GrantView.of(grant, Instant.now()))).contains("token", "goodUntil", "request");
    }

    private static Set<String> names(Object view) {
        return new TreeSet<>(JSON.<JsonNode>valueToTree(view).propertyNames());
    }

    private static Set<String> required(String schema) throws IOException {
        Set<String> names = new TreeSet<>();
        document().at("/components/schemas/" + schema).path("required").forEach(name -> names.add(name.asString()));
        return names;
    }

    @Test
    void an_access_token_has_the_documented_fields_and_its_secret_only_when_told() throws IOException {
        JsonNode schema = document().at("/components/schemas/AccessToken");
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        AccessOwner owner = new AccessOwner("bob", null, null, Set.of());
        AccessToken unused = new AccessToken("kqhwzmrt", owner, "ci", Instant.EPOCH, Instant.EPOCH, null);
        AccessToken used = new AccessToken("kqhwzmrt", owner, "ci", Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
        assertThat(JSON.<JsonNode>valueToTree(AccessApi.View.of(unused, null)).propertyNames())
                .containsExactlyInAnyOrderElementsOf(required);
        assertThat(JSON.<JsonNode>valueToTree(AccessApi.View.of(used, "sp_x")).propertyNames())
                .containsExactlyInAnyOrderElementsOf(schema.path("properties").propertyNames());
        assertThat(AccessApi.View.of(used, "sp_x").toString()).doesNotContain("sp_x");
    }

    private ApprovalWeb web() throws IOException {
        return new ApprovalWeb(
                PageSettings.DEFAULTS,
                "production",
                false,
                new ApprovalWeb.Desk(
                        holds,
                        nets,
                        new UndoDesk(
                                holds,
                                nets,
                                new Undoing(
                                        new KeepingRoom(null, nets, SafetySettings.DEFAULTS, Clock.systemUTC()),
                                        nets,
                                        new ProxyMetrics()),
                                AuditLog.open(null, false),
                                Executors.newSingleThreadScheduledExecutor(),
                                Clock.systemUTC()),
                        new Approvals(holds, (code, voter, vote, counted, detail) -> true),
                        feed,
                        tokens,
                        new ScriptGrants(Policy::builtIn, tokens, Clock.systemUTC())),
                new ApprovalWeb.Identity(
                        (role, password) -> Set.of(),
                        null,
                        NoAccessTokens.office(),
                        new LoginThrottle(Duration.ZERO, Clock.systemUTC()),
                        new SignInObserver() {
                            @Override
                            public void signedIn(String role, String address, String by) {}

                            @Override
                            public void signInFailed(String user, String address, String reason, Duration delay) {}
                        }),
                Clock.systemUTC());
    }
}
