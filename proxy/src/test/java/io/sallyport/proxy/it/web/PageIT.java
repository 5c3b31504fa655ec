package io.sallyport.proxy.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.Keys;

/** The page in a browser: what waits appears by itself, and what is decided there reaches who waits. */
@Timeout(120)
@EnabledIf(value = "browserIsInstalled", disabledReason = "no chromium and chromedriver in /usr/bin")
final class PageIT {
    private static final TestServer SERVER = TestServer.shared();

    private static TestProxy proxy;
    private static String database;

    private Chromium page;

    static boolean browserIsInstalled() {
        return Chromium.installed();
    }

    @BeforeAll
    static void starts() {
        database = SERVER.freshDatabase();
        SERVER.run(database, "CREATE TABLE t AS SELECT i FROM generate_series(1, 10) i; GRANT ALL ON t TO PUBLIC");
        proxy = TestProxy.start(SERVER.port(), "built-in", Map.of("admin", "127.0.0.1:0", "environment", "production"));
    }

    @AfterAll
    static void stops() {
        proxy.close();
    }

    @BeforeEach
    void opens() {
        page = new Chromium("http://127.0.0.1:" + proxy.adminPort() + "/");
    }

    @AfterEach
    void closes() {
        page.close();
    }

    private static HeldStatement held(String role, String sql) {
        return new HeldStatement(proxy, role, database, sql);
    }

    @Test
    void a_hold_appears_without_reload_and_its_approval_completes_the_session() {
        page.see("#environment", "PRODUCTION");
        page.signIn("by_scram", TestServer.PASSWORD);
        page.see("#nothing", "Nothing waits.");
        page.see("#live", "live");
        try (HeldStatement held = held("alice", "DELETE FROM t -- all of it")) {
            page.see("[data-code='" + held.code() + "']").click();
            page.see("#detail pre .harm", "DELETE");
            page.see("#approve").click();
            page.see("#sure-title", "on production?");
            page.see("#sure .approve").sendKeys(Keys.ENTER);
            page.see("#detail .state", "approved");
            assertThat(held.answer())
                    .extracting(ServerMessage::type)
                    .contains('C')
                    .doesNotContain('E');
            page.see("#nothing", "Nothing waits.");
        }
    }

    @Test
    void a_rejection_needs_a_reason_which_reaches_who_waits() {
        page.signIn("by_md5", TestServer.PASSWORD);
        try (HeldStatement held = held("alice", "TRUNCATE t")) {
            page.see("[data-code='" + held.code() + "']").sendKeys(Keys.ENTER);
            page.see("#reject").click();
            page.see("#vote-problem", "Say why");
            page.see("#reason").sendKeys("wrong terminal");
            page.see("#reject").click();
            page.see("#detail .box.rejected", "wrong terminal");
            assertThat(held.answer().toString()).contains("rejected by by_md5: wrong terminal");
        }
    }

    @Test
    void a_wrong_password_is_said_and_lets_nobody_in() {
        page.signIn("by_scram", "guess");
        page.see("#sign-in-problem", "wrong");
        assertThat(page.see("#sign-in").isDisplayed()).isTrue();
    }

    @Test
    void the_requester_sees_that_it_takes_a_second_person() {
        page.signIn("by_scram", TestServer.PASSWORD);
        try (HeldStatement held = held("by_scram", "DELETE FROM t")) {
            page.see("[data-code='" + held.code() + "']").click();
            page.see("#detail", "it takes a second person");
            assertThat(page.run("return document.querySelectorAll('#approve').length"))
                    .isEqualTo("0");
            // The page bypassed: the server decides by itself.
            String status = "return fetch('/api/v1/session').then(r => r.json()).then(s => fetch('/api/v1/holds/"
                    + held.code() + "/approve', {method: 'POST', body: '{}', headers: {'Content-Type':"
                    + " 'application/json', 'X-Sallyport-Csrf': s.csrf}})).then(r => r.status)";
            assertThat(page.run(status)).isEqualTo("403");
        }
    }

    @Test
    void what_people_write_stays_text() {
        page.signIn("by_scram", TestServer.PASSWORD);
        String evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        try (HeldStatement held = held("alice", "/* \u202e" + evil + " */ DELETE FROM t")) {
            page.see("[data-code='" + held.code() + "']").click();
            page.see("#detail pre", evil);
            page.see("#detail pre .odd", "U+202E");
            assertThat(page.run("return document.querySelectorAll('#desk img, #desk script').length"))
                    .isEqualTo("0");
            assertThat(page.run("return document.title")).asString().doesNotContain("owned");
        }
    }

    @Test
    void escape_goes_back_to_the_list_and_history_is_searched() {
        page.signIn("by_scram", TestServer.PASSWORD);
        try (HeldStatement held = held("alice", "DELETE FROM t /* searched */")) {
            page.see("[data-code='" + held.code() + "']").click();
            page.see("#reason").sendKeys("not today");
            page.see("#reject").click();
            page.see("#detail .box.rejected", "not today");
            page.see("#detail").sendKeys(Keys.ESCAPE);
            page.see("#unpicked");
            page.see("#show-history").click();
            page.see("#search").sendKeys("not today");
            page.see("[data-code='" + held.code() + "'] .state", "rejected");
        }
    }

    @Test
    void signing_out_hides_everything() {
        page.signIn("by_scram", TestServer.PASSWORD);
        page.see("#sign-out").click();
        page.see("#sign-in");
        assertThat(page.run("return fetch('/api/v1/holds').then(r => r.status)"))
                .isEqualTo("401");
    }
}
