package io.sallyport.proxy.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.Keys;

/** Requests and grants by HTTP, and on the page. */
@Timeout(120)
final class TokenApiIT {
    private static final TestServer SERVER = TestServer.shared();
    private static final String REQUESTS = "/api/v1/requests";

    private final String database = SERVER.freshDatabase();
    private final TestProxy proxy = TestProxy.start(SERVER.port(), "tokens", Map.of("admin", "127.0.0.1:0"));
    private final Browser browser = Browser.at(proxy.adminPort());

    static boolean browserIsInstalled() {
        return Chromium.installed();
    }

    @BeforeEach
    void makes_a_table() {
        SERVER.run(database, "CREATE TABLE t AS SELECT 1 AS i; GRANT ALL ON t TO PUBLIC");
    }

    @AfterEach
    void stops() {
        proxy.close();
    }

    private static String request(WireClient client) {
        return Approver.code(client.query("DELETE FROM t").get(0));
    }

    private static void runs(WireClient client, String token) {
        client.query("SET sallyport.token = '" + token + "'");
        assertThat(client.query("DELETE FROM t").toString()).contains("DELETE 1");
    }

    @Test
    void request_is_listed_shown_and_granted_once() {
        try (WireClient alice = proxy.login("alice", database)) {
            String code = request(alice);
            assertThat(browser.get(REQUESTS).status()).isEqualTo(401);
            browser.signIn("by_scram", TestServer.PASSWORD);
            assertThat(browser.get(REQUESTS).json().at("/requests/0/code").asString())
                    .isEqualTo(code);
            Browser.Answer shown = browser.get(REQUESTS + "/" + code);
            assertThat(shown.text("statement")).isEqualTo("DELETE FROM t");
            assertThat(shown.text("searchPath")).startsWith("search_path = ");
            assertThat(shown.json().at("/covers/0").asString()).isEqualTo("DELETE FROM t");
            String grant = REQUESTS + "/" + code + "/grant";
            assertThat(browser.post(grant, "{\"lasts\":\"soon\"}").status()).isEqualTo(422);
            assertThat(browser.post(grant, "{\"lasts\":\"40d\"}").text("message"))
                    .contains("at most 1d");
            assertThat(browser.post(grant, "{\"rows\":-1}").text("message")).contains("rows: expected");
            assertThat(browser.post(grant, "{\"rows\":\"1\"}").status()).isEqualTo(422);
            Browser.Answer granted = browser.post(grant, "{\"reason\":\"yes\",\"lasts\":\"10m\",\"rows\":1}");
            assertThat(granted.status()).isEqualTo(200);
            assertThat(granted.json().at("/request/rows").asLong()).isEqualTo(1);
            assertThat(granted.header("cache-control")).contains("no-store");
            runs(alice, granted.text("token"));
            Browser.Answer again = browser.post(grant, "{}");
            assertThat(again.status()).isEqualTo(409);
            assertThat(browser.get(REQUESTS + "/" + code).text("state")).isEqualTo("granted");
            assertThat(browser.get(REQUESTS + "/AAAA-AAAA").status()).isEqualTo(404);
            assertThat(browser.post(REQUESTS + "/AAAA-AAAA/grant", "{}").status())
                    .isEqualTo(404);
        }
    }

    @Test
    void requester_and_other_sites_cannot_grant() {
        try (WireClient scram = WireClient.connect(proxy.port())) {
            scram.login("by_scram", database, TestServer.PASSWORD);
            String grant = REQUESTS + "/" + request(scram) + "/grant";
            browser.signIn("by_scram", TestServer.PASSWORD);
            Browser.Answer own = browser.post(grant, "{}");
            assertThat(own.status()).isEqualTo(403);
            assertThat(own.text("message")).contains("second person");
            Browser other = Browser.at(proxy.adminPort());
            other.signIn("by_md5", TestServer.PASSWORD);
            assertThat(other.without("X-Sallyport-Csrf").post(grant, "{}").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void plan_of_a_file_has_to_be_the_one_that_was_shown() {
        browser.signIn("by_scram", TestServer.PASSWORD);
        String script = "\"script\":\"DELETE FROM t; SELECT 1\",\"user\":\"alice\",\"database\":\"" + database + "\"";
        Browser.Answer plan = browser.post("/api/v1/grants/preview", "{" + script + "}");
        assertThat(plan.json().path("covered").asInt()).isEqualTo(1);
        assertThat(browser.post("/api/v1/grants", "{" + script + ",\"plan\":\"another\"}")
                        .status())
                .isEqualTo(409);
        Browser.Answer granted =
                browser.post("/api/v1/grants", "{" + script + ",\"plan\":\"" + plan.text("plan") + "\"}");
        assertThat(granted.status()).isEqualTo(200);
        try (WireClient alice = proxy.login("alice", database)) {
            runs(alice, granted.text("token"));
        }
        assertThat(browser.post("/api/v1/grants/preview", "{\"script\":\"DELETE FROM t\"}")
                        .text("message"))
                .contains("user: expected a name");
        String long1 = "x".repeat(200_000);
        assertThat(browser.post("/api/v1/grants/preview", "{" + script + ",\"file\":\"" + long1 + "\"}")
                        .status())
                .isEqualTo(422);
        assertThat(browser.post("/api/v1/requests/AAAA-AAAA/grant", "{\"reason\":\"" + long1 + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(browser.post("/api/v1/grants", "{\"script\":\"" + "x".repeat(1_100_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    @EnabledIf(value = "browserIsInstalled", disabledReason = "no chromium and chromedriver in /usr/bin")
    void token_is_granted_on_the_page_and_shown_once() {
        try (WireClient alice = proxy.login("alice", database);
                Chromium page = new Chromium("http://127.0.0.1:" + proxy.adminPort() + "/")) {
            String code = request(alice);
            page.signIn("by_scram", TestServer.PASSWORD);
            page.see("#show-requests").click();
            page.see("[data-code='" + code + "']").click();
            page.see("#detail", "A token lets this run, once");
            page.see("#lasts").sendKeys("20m");
            page.see("#grant").click();
            page.see("#detail .state", "granted");
            page.see("#detail", "granted by by_scram");
            String token = Objects.requireNonNull(page.see("#token").getText());
            assertThat(token).matches("spt(-[0-9A-Z]{4}){6}");
            runs(alice, token);
            page.see("#nothing", "Nothing to grant.");
            page.see("#show-waiting").click();
            page.see("#detail").sendKeys(Keys.ESCAPE);
            page.see("#unpicked");
            page.run("location.hash = '" + code + "'");
            page.see("#detail .state", "granted");
            assertThat(page.run("return document.body.textContent")).asString().doesNotContain(token);
        }
    }
}
