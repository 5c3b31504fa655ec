package io.sallyport.proxy.it.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Groups by membership in a real server, quorum, reasons, typed names, break-glass. */
@Timeout(120)
final class ApproversIT {
    private static final TestServer SERVER = TestServer.shared();
    private String database = "";

    @BeforeAll
    static void makes_roles() {
        SERVER.run("postgres", """
                DO $$ BEGIN CREATE ROLE approving_dbas; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                CREATE ROLE approving_seniors; GRANT approving_dbas TO approving_seniors;
                CREATE ROLE approving_oncall;
                CREATE ROLE bob_admin LOGIN; CREATE ROLE dora LOGIN; CREATE ROLE deploy LOGIN; CREATE ROLE emil LOGIN;
                GRANT approving_dbas TO bob, bob_admin, deploy; GRANT approving_seniors TO dora
                """);
    }

    @BeforeEach
    void makes_a_table() {
        database = SERVER.freshDatabase();
        SERVER.run(database, "CREATE TABLE t (i int); INSERT INTO t VALUES (1), (2); GRANT ALL ON t TO PUBLIC");
    }

    private static TestProxy proxy() {
        return TestProxy.start(SERVER.port(), "approvers", Map.of("hold.keep_alive_every", "100ms"));
    }

    private static String hold(WireClient client, String sql) {
        client.send(Frontend.query(sql));
        return Approver.code(client.readUntil('N').get(0));
    }

    /** The command tag, or the SQLSTATE and the message. */
    private static String outcome(List<ServerMessage> answer) {
        return answer.stream()
                .filter(message -> message.type() == 'C' || message.type() == 'E')
                .map(message ->
                        message.type() == 'C' ? message.commandTag() : message.sqlState() + " " + message.field('M'))
                .findFirst()
                .orElseThrow();
    }

    private static String say(WireClient client, String sql) {
        return outcome(client.query(sql));
    }

    private static String notice(WireClient client) {
        return client.readUntil('N').get(0).field('M');
    }

    @Test
    void two_members_of_the_groups_release_it_and_the_requester_reads_each_vote() {
        try (TestProxy proxy = proxy();
                WireClient alice = proxy.login("alice", database);
                WireClient bob = proxy.login("bob", database);
                WireClient admin = proxy.login("bob_admin", database);
                WireClient deploy = proxy.login("deploy", database);
                WireClient dora = proxy.login("dora", database)) {
            String code = hold(alice, "DELETE FROM t");
            assertThat(say(bob, "SALLYPORT APPROVE " + code + " 'looked at it'"))
                    .startsWith("SELECT");
            assertThat(notice(alice))
                    .isEqualTo(code
                            + " approved by bob, 1 of 2 ('looked at it'); it still waits for 1 more of dba or leads");
            assertThat(say(admin, "SALLYPORT APPROVE " + code)).startsWith("55000");
            assertThat(say(deploy, "SALLYPORT APPROVE " + code))
                    .startsWith("42501")
                    .contains("several people");
            assertThat(say(bob, "SALLYPORT WITHDRAW " + code)).startsWith("SELECT");
            assertThat(notice(alice)).contains("bob took the approval back, 0 of 2");
            assertThat(say(admin, "SALLYPORT APPROVE " + code)).startsWith("SELECT");
            assertThat(notice(alice)).contains("approved by bob_admin, 1 of 2");
            assertThat(Rows.of(dora.query("SALLYPORT HOLDS")).toString()).contains("1 of 2", "1 more of dba or leads");
            assertThat(Rows.of(dora.query("SALLYPORT SHOW " + code)))
                    .contains(List.of("approved by", "bob_admin"), List.of("missing", "1 more of dba or leads"));
            assertThat(say(dora, "SALLYPORT APPROVE " + code)).startsWith("SELECT");
            assertThat(notice(alice)).isEqualTo(code + " approved by bob_admin, dora, 2 of 2; running it now");
            assertThat(outcome(alice.readUntilReady())).isEqualTo("DELETE 2");
            Awaitility.await().until(() -> proxy.audited().toString().contains("\"withdraw\""));
            assertThat(proxy.audited())
                    .anyMatch(line -> line.contains("\"voter\":\"deploy\"") && line.contains("\"counted\":false"));
        }
    }

    @Test
    void what_is_granted_or_revoked_while_it_waits_counts_at_once() {
        try (TestProxy proxy = proxy();
                WireClient alice = proxy.login("alice", database);
                WireClient dora = proxy.login("dora", database);
                WireClient emil = proxy.login("emil", database)) {
            String code = hold(alice, "DELETE FROM t");
            assertThat(say(emil, "SALLYPORT APPROVE " + code)).startsWith("42501");
            SERVER.run("postgres", "GRANT approving_dbas TO emil; REVOKE approving_seniors FROM dora");
            assertThat(say(emil, "SALLYPORT APPROVE " + code)).startsWith("SELECT");
            assertThat(say(dora, "SALLYPORT APPROVE " + code)).startsWith("42501");
            assertThat(say(dora, "SALLYPORT REJECT " + code + " 'no'")).startsWith("42501");
            SERVER.run("postgres", "GRANT approving_seniors TO dora; REVOKE approving_dbas FROM emil");
            dora.query("BEGIN");
            assertThat(say(dora, "SALLYPORT APPROVE " + code))
                    .startsWith("42501")
                    .contains("outside of transactions");
            dora.query("ROLLBACK");
            assertThat(say(dora, "SALLYPORT REJECT " + code + " 'not today'")).startsWith("SELECT");
            assertThat(outcome(alice.readUntilReady())).startsWith("42501").contains("rejected by dora: not today");
        }
    }

    @Test
    void a_driver_votes_by_the_extended_protocol() {
        try (TestProxy proxy = proxy();
                WireClient alice = proxy.login("alice", database);
                WireClient dora = proxy.login("dora", database)) {
            String code = hold(alice, "DELETE FROM t");
            dora.send(Frontend.parse("v", "SALLYPORT APPROVE " + code), Frontend.sync());
            dora.readUntilReady();
            assertThat(Rows.of(dora.query("SALLYPORT HOLDS")).toString()).contains("0 of 2");
            dora.send(Frontend.bind("", "v"), Frontend.execute("", 0), Frontend.sync());
            assertThat(Rows.of(dora.readUntilReady()).toString()).contains("waiting, 1 of 2");
            assertThat(notice(alice)).contains("approved by dora, 1 of 2");
        }
    }

    @Test
    void set_role_and_session_authorization_make_nobody_a_member() {
        try (TestProxy proxy = proxy();
                WireClient alice = proxy.login("alice", database);
                WireClient boss = proxy.login("postgres", database)) {
            String code = hold(alice, "DELETE FROM t");
            boss.query("SET SESSION AUTHORIZATION bob");
            assertThat(say(boss, "SALLYPORT APPROVE " + code))
                    .startsWith("42501")
                    .contains("postgres is not among");
            boss.query("RESET SESSION AUTHORIZATION");
            boss.query("SET ROLE approving_dbas");
            assertThat(say(boss, "SALLYPORT APPROVE " + code)).startsWith("42501");
        }
    }

    @Test
    void break_glass_runs_it_and_is_written_down() {
        SERVER.run("postgres", "REVOKE approving_oncall FROM alice");
        try (TestProxy proxy = proxy();
                WireClient alice = proxy.login("alice", database);
                WireClient second = proxy.login("alice", database);
                WireClient bob = proxy.login("bob", database)) {
            String code = hold(alice, "DELETE FROM t");
            assertThat(say(second, "SALLYPORT BREAK GLASS " + code + " 'site is down'"))
                    .startsWith("42501");
            SERVER.run("postgres", "GRANT approving_oncall TO alice");
            assertThat(say(bob, "SALLYPORT BREAK GLASS " + code + " 'site is down'"))
                    .startsWith("42501");
            assertThat(say(second, "SALLYPORT BREAK GLASS " + code + " ''")).startsWith("42601");
            assertThat(say(second, "SALLYPORT BREAK GLASS " + code + " 'site is down'"))
                    .startsWith("SELECT");
            assertThat(notice(alice)).contains("released by its requester alice, break-glass ('site is down')");
            assertThat(outcome(alice.readUntilReady())).isEqualTo("DELETE 2");
            assertThat(proxy.scrape()).contains("sallyport_break_glass_total 1");
            Awaitility.await()
                    .until(() -> proxy.audited().stream()
                            .anyMatch(line ->
                                    line.contains("\"event\":\"break_glass\"") && line.contains("site is down")));
        } finally {
            SERVER.run("postgres", "REVOKE approving_oncall FROM alice");
        }
    }

    @Test
    void a_reason_comes_before_the_statement() {
        try (TestProxy proxy = proxy();
                WireClient alice = proxy.login("alice", database);
                WireClient carol = proxy.login("carol", database)) {
            assertThat(say(alice, "UPDATE t SET i = 3")).startsWith("42501").contains("asks for your reason");
            assertThat(say(alice, "SALLYPORT REASON 'ticket 7'")).startsWith("SELECT");
            String code = hold(alice, "UPDATE t SET i = 3");
            assertThat(Rows.of(carol.query("SALLYPORT SHOW " + code))).contains(List.of("reason", "ticket 7"));
            carol.query("SALLYPORT APPROVE " + code);
            assertThat(outcome(alice.readUntilReady())).isEqualTo("UPDATE 2");
            assertThat(say(alice, "UPDATE t SET i = 4")).startsWith("42501");
            Awaitility.await().until(() -> proxy.audited().toString().contains("reason_given"));
        }
    }

    @Test
    void a_database_is_dropped_once_its_name_was_typed() {
        String doomed = SERVER.freshDatabase();
        try (TestProxy proxy = proxy();
                WireClient boss = proxy.login("postgres", database);
                WireClient bob = proxy.login("bob", database)) {
            String code = hold(boss, "DROP DATABASE " + doomed);
            assertThat(say(bob, "SALLYPORT APPROVE " + code)).startsWith("22023");
            assertThat(say(bob, "SALLYPORT APPROVE " + code + " TYPED '" + database + "'"))
                    .startsWith("22023");
            assertThat(say(bob, "SALLYPORT APPROVE " + code + " TYPED '" + doomed + "'"))
                    .startsWith("SELECT");
            assertThat(outcome(boss.readUntilReady())).isEqualTo("DROP DATABASE");
        }
    }

    @Test
    void a_reloaded_server_setting_voids_an_approval() {
        try (TestProxy proxy = proxy();
                WireClient alice = proxy.login("alice", database);
                WireClient carol = proxy.login("carol", database)) {
            alice.query("SALLYPORT REASON 'x'");
            String code = hold(alice, "UPDATE t SET i = 3");
            SERVER.run("postgres", "ALTER SYSTEM SET datestyle = 'SQL, DMY'");
            SERVER.run("postgres", "SELECT pg_reload_conf()");
            alice.readUntil('S');
            carol.query("SALLYPORT APPROVE " + code);
            assertThat(outcome(alice.readUntilReady())).startsWith("57014").contains("the setting DateStyle changed");
            assertThat(SERVER.ask(database, "SELECT count(*) FROM t WHERE i = 3"))
                    .isEqualTo("0");
        } finally {
            SERVER.run("postgres", "ALTER SYSTEM RESET datestyle");
            SERVER.run("postgres", "SELECT pg_reload_conf()");
        }
    }

    @Test
    void an_approval_just_before_it_expires_runs_it_or_does_not_count() {
        try (TestProxy proxy = TestProxy.start(SERVER.port(), "hold", Map.of("hold.expires", "1s"));
                WireClient alice = proxy.login("alice", database);
                WireClient bob = proxy.login("bob", database)) {
            for (int round = 0; round < 3; round++) {
                String code = hold(alice, "DELETE FROM t WHERE i = " + round);
                Awaitility.await()
                        .pollDelay(Duration.ofMillis(950 + 25 * round))
                        .until(() -> true);
                boolean taken = say(bob, "SALLYPORT APPROVE " + code).startsWith("SELECT");
                assertThat(outcome(alice.readUntilReady())).startsWith(taken ? "DELETE" : "57014");
            }
        }
    }
}
