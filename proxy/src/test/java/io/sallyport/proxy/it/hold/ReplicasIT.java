package io.sallyport.proxy.it.hold;

import static io.sallyport.proxy.it.hold.Races.cancel;
import static io.sallyport.proxy.it.hold.Races.hold;
import static io.sallyport.proxy.it.hold.Races.outcome;
import static io.sallyport.proxy.it.hold.Races.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.ControlServer;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.WireClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two proxies before one server, with one control database in PostgreSQL. */
@Timeout(180)
final class ReplicasIT {
    private static final int ROUNDS = 30;

    private static @Nullable ControlServer control;

    private final TestServer server = TestServer.shared();
    private final String database = server.freshDatabase();
    private final TestProxy one = proxy(Map.of());
    private final TestProxy other = proxy(Map.of());

    ReplicasIT() {
        server.run(database, "CREATE TABLE t AS SELECT generate_series(1, 100) AS i; GRANT ALL ON t TO PUBLIC");
    }

    private static ControlServer control() {
        return Objects.requireNonNull(control);
    }

    @BeforeAll
    static void startControl(@TempDir Path folder) {
        control = new ControlServer(folder);
    }

    @AfterAll
    static void stopControl() {
        Objects.requireNonNull(control).close();
    }

    private TestProxy proxy(Map<String, String> settings) {
        return TestProxy.start(server.port(), "hold", control().settings(settings));
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    private void awaitSeen(Approver approver, String code) {
        await().atMost(Duration.ofSeconds(5)).until(() -> approver.awaitHold().equals(code));
    }

    @Test
    void what_waits_on_one_is_seen_and_approved_on_the_other() {
        try (WireClient alice = one.login("alice", database);
                WireClient bob = other.login("bob", database);
                Approver lists = new Approver(other, "bob", database)) {
            String code = hold(alice, "DELETE FROM t WHERE i <= 40");
            awaitSeen(lists, code);
            assertThat(Rows.of(bob.query("SALLYPORT SHOW " + code)).toString())
                    .contains("[statement, DELETE FROM t WHERE i <= 40]", "[requester, alice]");
            assertThat(Rows.of(bob.query("SALLYPORT APPROVE " + code)).get(0)).contains("approved");
            assertThat(outcome(alice)).isEqualTo("DELETE 40");
            await().untilAsserted(() -> assertThat(
                            Rows.of(bob.query("SALLYPORT SHOW " + code)).toString())
                    .contains("[outcome, DELETE 40]", "[approved by, bob]"));
            assertThat(lists.noHolds()).isTrue();
        }
        assertThat(one.audited())
                .anyMatch(line -> line.contains("\"outcome\":\"approved\"") && line.contains("\"by\":\"bob\""));
        assertThat(other.audited()).anyMatch(line -> line.contains("\"vote\":\"approve\""));
    }

    @Test
    void a_rejection_on_the_other_reaches_the_requester_with_its_reason() {
        try (WireClient alice = one.login("alice", database);
                Approver bob = new Approver(other, "bob", database)) {
            String code = hold(alice, "DELETE FROM t");
            awaitSeen(bob, code);
            assertThat(bob.reject(code, "not tonight")).isTrue();
            assertThat(alice.readUntilReady().toString()).contains("not tonight");
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("100");
    }

    @Test
    void the_requester_cannot_approve_on_the_other_replica_either() {
        try (WireClient alice = one.login("alice", database);
                WireClient again = other.login("alice", database);
                Approver lists = new Approver(other, "bob", database)) {
            String code = hold(alice, "DELETE FROM t");
            awaitSeen(lists, code);
            assertThat(again.query("SALLYPORT APPROVE " + code).toString()).contains("it takes a second person");
            cancel(one, alice);
            assertThat(outcome(alice)).isEqualTo("57014");
        }
    }

    @Test
    void of_two_approvals_on_two_replicas_at_once_one_counts_and_it_runs_once() {
        server.run(
                database,
                "CREATE TABLE ran (i int); GRANT ALL ON ran TO PUBLIC;"
                        + " CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN INSERT INTO ran VALUES (1); RETURN NULL; END';"
                        + " CREATE TRIGGER n AFTER DELETE ON t FOR EACH STATEMENT EXECUTE FUNCTION note()");
        try (WireClient alice = one.login("alice", database);
                Approver bob = new Approver(one, "bob", database);
                Approver carol = new Approver(other, "carol", database)) {
            for (int round = 1; round <= ROUNDS; round++) {
                String code = hold(alice, "DELETE FROM t");
                awaitSeen(carol, code);
                boolean[] taken = together(() -> bob.approve(code), () -> carol.approve(code));
                assertThat(taken[0]).isNotEqualTo(taken[1]);
                assertThat(outcome(alice)).startsWith("DELETE");
            }
        }
        assertThat(server.ask(database, "SELECT count(*) FROM ran")).isEqualTo(String.valueOf(ROUNDS));
    }

    @Test
    void of_an_approval_on_the_other_and_a_cancel_here_it_runs_or_not_but_never_for_nobody() {
        int deleted = 0;
        try (WireClient alice = one.login("alice", database);
                Approver bob = new Approver(other, "bob", database)) {
            for (int round = 1; round <= ROUNDS; round++) {
                String code = hold(alice, "DELETE FROM t WHERE i = " + round);
                awaitSeen(bob, code);
                boolean taken = together(() -> bob.approve(code), () -> cancel(one, alice))[0];
                String outcome = outcome(alice);
                assertThat(outcome).isIn(taken ? List.of("DELETE 1", "57014") : List.of("57014"));
                deleted += outcome.equals("DELETE 1") ? 1 : 0;
            }
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo(String.valueOf(100 - deleted));
    }

    @Test
    void of_an_approval_on_the_other_and_the_expiry_one_wins() {
        int deleted = 0;
        try (TestProxy brief = proxy(Map.of("hold.expires", "1s"));
                WireClient alice = brief.login("alice", database);
                Approver bob = new Approver(other, "bob", database)) {
            for (int round = 1; round <= 12; round++) {
                String code = hold(alice, "DELETE FROM t WHERE i = " + round);
                long pause = 940 + round * 8L;
                await().pollDelay(Duration.ofMillis(pause)).until(() -> true);
                bob.approve(code);
                String outcome = outcome(alice);
                assertThat(outcome).isIn("DELETE 1", "57014");
                deleted += outcome.equals("DELETE 1") ? 1 : 0;
            }
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo(String.valueOf(100 - deleted));
    }

    @Test
    void an_approval_that_somebody_wrote_into_the_control_database_is_none() {
        try (WireClient alice = one.login("alice", database);
                Approver bob = new Approver(other, "bob", database)) {
            String code = hold(alice, "DELETE FROM t");
            awaitSeen(bob, code);
            control()
                    .run("UPDATE sallyport.hold SET state = 'approved', ended_by = 'mallory', version = version + 1"
                            + " WHERE code = '" + code + "'");
            assertThat(alice.readUntilReady().toString()).contains("its approval does not add up");
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("100");
    }

    @Test
    void while_the_control_database_is_stopped_nothing_is_approved_and_the_rest_goes_on() {
        try (WireClient alice = one.login("alice", database);
                WireClient dave = one.login("app", database);
                Approver bob = new Approver(one, "bob", database);
                Approver carol = new Approver(other, "carol", database)) {
            String before = hold(alice, "DELETE FROM t WHERE i <= 10");
            awaitSeen(carol, before);
            control().stop();
            assertThat(bob.approve(before)).isFalse();
            assertThat(carol.approve(before)).isFalse();
            String meanwhile = hold(dave, "DELETE FROM t WHERE i > 95");
            assertThat(bob.approve(meanwhile)).isFalse();
            try (WireClient traffic = one.login("app", database)) {
                assertThat(Rows.of(traffic.query("SELECT count(*) FROM t"))).containsExactly(List.of("100"));
                assertThat(Rows.of(traffic.query("SALLYPORT STATUS")).toString())
                        .contains("nothing can be approved");
            }
            assertThat(one.scrape()).contains("sallyport_control_up 0.0");
            control().startAgain();
            await().atMost(Duration.ofSeconds(30)).until(() -> bob.approve(before));
            assertThat(outcome(alice)).isEqualTo("DELETE 10");
            await().atMost(Duration.ofSeconds(30)).until(() -> carol.approve(meanwhile));
            assertThat(outcome(dave)).isEqualTo("DELETE 5");
            await().until(() -> one.scrape().contains("sallyport_control_up 1.0"));
        }
    }
}
