package io.sallyport.proxy.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.Keys;

/** What the page says of safety nets, before and after. */
@Timeout(120)
@EnabledIf(value = "browserIsInstalled", disabledReason = "no chromium and chromedriver in /usr/bin")
final class SafetyPageIT {
    private static final TestServer SERVER = TestServer.shared();

    static boolean browserIsInstalled() {
        return Chromium.installed();
    }

    @Test
    void approver_reads_the_nets_and_afterwards_how_to_go_back() {
        String database = SERVER.freshDatabase();
        SERVER.run("postgres", """
                DO $$ BEGIN CREATE ROLE page_service LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO page_service
                """);
        SERVER.run(database, "CREATE TABLE t AS SELECT 1 AS i; GRANT ALL ON t TO PUBLIC");
        Map<String, String> settings = Map.of("admin", "127.0.0.1:0", "safety.user", "page_service");
        try (TestProxy proxy = TestProxy.start(SERVER.port(), "safety", settings);
                Chromium page = new Chromium("http://127.0.0.1:" + proxy.adminPort() + "/");
                HeldStatement held = new HeldStatement(proxy, "alice", database, "DELETE FROM t")) {
            page.signIn("by_scram", TestServer.PASSWORD);
            page.see("[data-code='" + held.code() + "']").click();
            page.see("#detail", "restore point before it runs");
            page.see("#approve").click();
            page.see("#sure .approve").sendKeys(Keys.ENTER);
            assertThat(held.answer())
                    .extracting(ServerMessage::type)
                    .contains('C')
                    .doesNotContain('E');
            String name = "sallyport_" + held.code().replace("-", "").toLowerCase(Locale.ROOT);
            Browser browser = Browser.at(proxy.adminPort());
            assertThat(browser.signIn("by_scram", TestServer.PASSWORD).status()).isEqualTo(200);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(browser.get("/api/v1/kept/" + held.code())
                                    .json()
                                    .at("/kept/0/settings/recovery_target_name")
                                    .asString(""))
                            .isEqualTo(name));
            assertThat(Browser.at(proxy.adminPort())
                            .get("/api/v1/kept/" + held.code())
                            .status())
                    .isEqualTo(401);
            page.see("#detail", "recovery_target_name = '" + name + "'");
        }
    }
}
