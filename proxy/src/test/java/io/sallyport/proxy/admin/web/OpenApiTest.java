package io.sallyport.proxy.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.approval.Approvals;
import io.sallyport.proxy.auth.LoginThrottle;
import io.sallyport.proxy.config.PageSettings;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldFeed;
import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.Outcome;
import io.sallyport.proxy.hold.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
        Hold rejected = holds.open(HoldFixture.REQUEST, null, (hold, how) -> {});
        holds.resolve(rejected, new Resolution.Rejected("bob", "no"));
        // What is rejected never runs; this one has every field for once.
        holds.finished(rejected, new Outcome(List.of("DELETE 1"), null));
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        List<String> all = new ArrayList<>(schema.path("properties").propertyNames());
        assertThat(JSON.<JsonNode>valueToTree(HoldView.whole(waiting, false)).propertyNames())
                .containsExactlyInAnyOrderElementsOf(required);
        assertThat(JSON.<JsonNode>valueToTree(
                                HoldView.whole(holds.find(rejected.code()).orElseThrow(), false))
                        .propertyNames())
                .containsExactlyInAnyOrderElementsOf(all);
    }

    private ApprovalWeb web() {
        return new ApprovalWeb(
                PageSettings.DEFAULTS,
                "production",
                false,
                new ApprovalWeb.Desk(holds, new Approvals(holds, (code, voter, vote, counted, detail) -> true), feed),
                new ApprovalWeb.Identity(
                        (role, password) -> Set.of(),
                        null,
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
