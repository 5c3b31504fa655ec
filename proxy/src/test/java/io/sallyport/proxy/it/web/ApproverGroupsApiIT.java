package io.sallyport.proxy.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may approve, by what the server says of roles; on the page and by the API. */
@Timeout(60)
final class ApproverGroupsApiIT {
    private static final TestServer SERVER = TestServer.shared();

    private static TestProxy proxy;
    private static String database;

    private Browser browser;

    @BeforeAll
    static void starts() {
        SERVER.run(
                "postgres",
                "DO $$ BEGIN CREATE ROLE approving_dbas; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
                        + " GRANT approving_dbas TO by_scram");
        database = SERVER.freshDatabase();
        SERVER.run(database, "CREATE TABLE t AS SELECT 1 AS i; GRANT ALL ON t TO PUBLIC");
        proxy = TestProxy.start(SERVER.port(), "approvers", Map.of("admin", "127.0.0.1:0"));
    }

    @AfterAll
    static void stops() {
        proxy.close();
        SERVER.run("postgres", "REVOKE approving_dbas FROM by_scram");
    }

    @BeforeEach
    void opens_a_browser() {
        browser = Browser.at(proxy.adminPort());
    }

    private static HeldStatement held() {
        return new HeldStatement(proxy, "alice", database, "DELETE FROM t WHERE i = 1");
    }

    @Test
    void a_member_counts_once_and_may_take_it_back() {
        try (HeldStatement held = held()) {
            String hold = "/api/v1/holds/" + held.code();
            browser.signIn("by_scram", TestServer.PASSWORD);
            Browser.Answer first = browser.post(hold + "/approve", "{}");
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.text("state")).isEqualTo("waiting");
            assertThat(first.text("progress")).isEqualTo("1 of 2");
            assertThat(first.json().path("approvedBy").toString()).isEqualTo("[\"by_scram\"]");
            assertThat(browser.post(hold + "/approve", "{}").status()).isEqualTo(409);
            assertThat(browser.post(hold + "/withdraw", "{}").text("progress")).isEqualTo("0 of 2");
        }
    }

    @Test
    void who_is_no_member_neither_approves_nor_rejects() {
        try (HeldStatement held = held()) {
            String hold = "/api/v1/holds/" + held.code();
            browser.signIn("by_md5", TestServer.PASSWORD);
            Browser.Answer vote = browser.post(hold + "/approve", "{}");
            assertThat(vote.status()).isEqualTo(403);
            assertThat(vote.text("message")).contains("not among those who may approve");
            assertThat(browser.post(hold + "/reject", "{\"reason\":\"no\"}").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void a_dropped_schema_is_approved_by_typing_its_name() {
        SERVER.run(database, "CREATE SCHEMA precious; GRANT ALL ON SCHEMA precious TO PUBLIC");
        try (HeldStatement held = new HeldStatement(proxy, "alice", database, "DROP SCHEMA precious")) {
            String hold = "/api/v1/holds/" + held.code();
            browser.signIn("by_md5", TestServer.PASSWORD);
            assertThat(browser.get(hold).json().path("needsTyped").asBoolean()).isTrue();
            assertThat(browser.post(hold + "/approve", "{}").status()).isEqualTo(422);
            assertThat(browser.post(hold + "/approve", "{\"typed\":\"precius\"}")
                            .status())
                    .isEqualTo(422);
            assertThat(browser.post(hold + "/approve", "{\"typed\":\"precious\"}")
                            .text("state"))
                    .isEqualTo("approved");
        }
    }
}
