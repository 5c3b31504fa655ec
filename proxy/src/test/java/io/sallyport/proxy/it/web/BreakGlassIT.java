package io.sallyport.proxy.it.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A requester releases a hold of their own, where the rule lets them, by the API and on the page. */
@Timeout(120)
final class BreakGlassIT {
    private static final TestServer SERVER = TestServer.shared();
    private static final String WHY = "{\"reason\":\"the disk is full\"}";

    private static TestProxy proxy;
    private static String database;

    @BeforeAll
    static void starts() {
        database = SERVER.freshDatabase();
        SERVER.run(database, "CREATE TABLE t AS SELECT i FROM generate_series(1, 10) i; GRANT ALL ON t TO PUBLIC");
        proxy = TestProxy.start(
                SERVER.port(), "break-glass", Map.of("admin", "127.0.0.1:0", "environment", "production"));
    }

    @AfterAll
    static void stops() {
        proxy.close();
    }

    private static HeldStatement held(String role) {
        return new HeldStatement(proxy, role, database, "DELETE FROM t WHERE i < 0");
    }

    private static Browser signedIn(String role) {
        Browser browser = Browser.at(proxy.adminPort());
        assertThat(browser.signIn(role, TestServer.PASSWORD).status()).isEqualTo(200);
        return browser;
    }

    @Test
    void the_requester_releases_it_with_a_reason_and_it_is_on_record() {
        try (HeldStatement held = held("by_scram")) {
            Browser browser = signedIn("by_scram");
            String hold = "/api/v1/holds/" + held.code();
            assertThat(browser.get(hold).json().path("mayBreakGlass").asBoolean())
                    .isTrue();
            assertThat(browser.post(hold + "/break-glass", "{}").status()).isEqualTo(422);
            Browser.Answer broken = browser.post(hold + "/break-glass", WHY);
            assertThat(broken.status()).isEqualTo(200);
            assertThat(broken.text("state")).isEqualTo("break_glass");
            assertThat(broken.text("endedBy")).isEqualTo("by_scram");
            assertThat(broken.text("reason")).isEqualTo("the disk is full");
            assertThat(held.answer()).extracting(ServerMessage::type).contains('C');
            assertThat(browser.post(hold + "/break-glass", WHY).status()).isEqualTo(409);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(proxy.audited())
                            .anyMatch(line -> line.contains("\"event\":\"break_glass\"")
                                    && line.contains(held.code())
                                    && line.contains("the disk is full")));
        }
    }

    @Test
    void nobody_else_and_no_rule_that_does_not_say_so_releases_anything() {
        try (HeldStatement others = held("alice");
                HeldStatement own = held("by_md5")) {
            Browser scram = signedIn("by_scram");
            Browser.Answer notMine = scram.post("/api/v1/holds/" + others.code() + "/break-glass", WHY);
            assertThat(notMine.status()).isEqualTo(403);
            assertThat(notMine.text("message")).contains("is not yours");
            Browser md5 = signedIn("by_md5");
            String hold = "/api/v1/holds/" + own.code();
            assertThat(md5.get(hold).json().path("mayBreakGlass").asBoolean()).isFalse();
            Browser.Answer notLet = md5.post(hold + "/break-glass", WHY);
            assertThat(notLet.status()).isEqualTo(403);
            assertThat(notLet.text("message")).contains("does not let by_md5");
            Browser stranger = Browser.at(proxy.adminPort());
            assertThat(stranger.post(hold + "/break-glass", WHY).status()).isEqualTo(401);
            scram.without("X-Sallyport-Csrf");
            assertThat(scram.post("/api/v1/holds/" + others.code() + "/break-glass", WHY)
                            .status())
                    .isEqualTo(403);
            assertThat(md5.get(hold).text("state")).isEqualTo("waiting");
        }
    }

    @Test
    void on_the_page_it_takes_a_reason_and_a_second_look_and_who_watches_is_alarmed() {
        assumeTrue(Chromium.installed(), "no chromium and chromedriver in /usr/bin");
        String url = "http://127.0.0.1:" + proxy.adminPort() + "/";
        try (Chromium hers = new Chromium(url);
                Chromium others = new Chromium(url);
                HeldStatement held = held("by_scram")) {
            others.signIn("by_md5", TestServer.PASSWORD);
            others.see("[data-code='" + held.code() + "']").click();
            others.see("#approve");
            assertThat(others.run("return document.querySelectorAll('#break-glass').length"))
                    .isEqualTo("0");
            hers.signIn("by_scram", TestServer.PASSWORD);
            hers.see("[data-code='" + held.code() + "']").click();
            hers.see("#break-glass").click();
            hers.see("#vote-problem", "Say why");
            hers.see("#reason").sendKeys("disk <b>full</b>");
            hers.see("#break-glass").click();
            hers.see("#sure-title", "Break the glass for " + held.code() + " on production?");
            hers.see("#sure .quiet").click();
            assertThat(hers.run("return document.querySelector('#detail .state')"))
                    .isEqualTo("null");
            hers.see("#break-glass").click();
            hers.see("#sure-effect", "nobody has approved it");
            hers.see("#sure-yes", "Run without approval");
            hers.see("#sure-yes").click();
            hers.see("#detail .box.break_glass", "disk <b>full</b>");
            assertThat(held.answer()).extracting(ServerMessage::type).contains('C');
            others.see("#alarm", "BREAK-GLASS");
            others.see("#alarm-text", "by_scram released it alone on " + database + ": disk <b>full</b>");
            others.see("#detail .box.break_glass", "Break-glass: released alone by by_scram");
            others.see("#alarm-seen").click();
            assertThat(others.run("return document.querySelector('#alarm').hidden"))
                    .isEqualTo("true");
        }
    }
}
