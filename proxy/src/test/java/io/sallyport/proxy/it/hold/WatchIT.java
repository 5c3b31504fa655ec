package io.sallyport.proxy.it.hold;

import static io.sallyport.proxy.it.hold.Races.cancel;
import static io.sallyport.proxy.it.hold.Races.hold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holds as who watches them hears of them, in front of a real server. */
@Timeout(60)
final class WatchIT {
    private static final TestServer SERVER = TestServer.shared();
    private String database = "";

    @BeforeEach
    void makes_a_table() {
        database = SERVER.freshDatabase();
        SERVER.run(database, "CREATE TABLE t (i int); INSERT INTO t VALUES (1), (2); GRANT ALL ON t TO PUBLIC");
    }

    private static ServerMessage notice(WireClient client) {
        List<ServerMessage> messages = client.readUntil('N');
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private static String line(WireClient client) {
        return notice(client).field('M');
    }

    private static void watch(WireClient client) {
        client.send(Frontend.query("SALLYPORT WATCH"));
        assertThat(line(client)).isEqualTo("watching holds until you cancel (Ctrl-C)");
    }

    @Test
    void events_come_at_once_and_a_cancel_ends_it() {
        try (TestProxy proxy = TestProxy.start(SERVER, "built-in");
                WireClient carol = proxy.login("carol", database);
                WireClient alice = proxy.login("alice", database);
                Approver bob = new Approver(proxy, "bob", database)) {
            watch(carol);
            String code = hold(alice, "DELETE FROM t");
            ServerMessage opened = notice(carol);
            assertThat(opened.field('M')).contains(" opened " + code + " of alice on " + database, "DELETE FROM t");
            assertThat(opened.field('D')).isEqualTo("1 more person missing");
            assertThat(proxy.scrape()).contains("sallyport_watchers 1.0");
            assertThat(bob.reject(code, "no WHERE")).isTrue();
            ServerMessage rejected = notice(carol);
            assertThat(rejected.field('M')).contains(" rejected " + code, ", by bob, ");
            assertThat(rejected.field('D')).isEqualTo("no WHERE");
            assertThat(cancel(proxy, carol)).isTrue();
            List<ServerMessage> end = carol.readUntilReady();
            assertThat(end.get(0).sqlState()).isEqualTo("57014");
            assertThat(end.get(end.size() - 1).status()).isEqualTo('I');
            assertThat(carol.query("SELECT 1")).extracting(ServerMessage::type).contains('D');
            assertThat(proxy.scrape()).contains("sallyport_watchers 0.0");
        }
    }

    @Test
    void what_waits_already_is_told_first_and_votes_as_they_come() {
        SERVER.run("postgres", """
                DO $$ BEGIN CREATE ROLE approving_dbas; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                GRANT approving_dbas TO bob
                """);
        try (TestProxy proxy = TestProxy.start(SERVER, "approvers");
                WireClient dora = proxy.login("postgres", database);
                WireClient alice = proxy.login("alice", database);
                WireClient carol = proxy.login("carol", database);
                Approver bob = new Approver(proxy, "bob", database)) {
            String code = hold(alice, "DELETE FROM t");
            watch(dora);
            assertThat(line(dora)).contains(" waiting " + code + " of alice on " + database);
            carol.query("SALLYPORT APPROVE " + code + " 'seen it'");
            ServerMessage voted = notice(dora);
            assertThat(voted.field('M')).contains(" voted " + code, ", by carol, ");
            assertThat(voted.field('D')).isEqualTo("1 of 2, 1 more of dba or leads missing; 'seen it'");
            carol.query("SALLYPORT WITHDRAW " + code);
            ServerMessage back = notice(dora);
            assertThat(back.field('M')).contains(" vote withdrawn " + code);
            assertThat(back.field('D')).startsWith("0 of 2, ");
            carol.query("SALLYPORT APPROVE " + code);
            assertThat(line(dora)).contains(" voted " + code);
            assertThat(bob.approve(code)).isTrue();
            assertThat(line(dora)).contains(" approved " + code, ", by carol, bob, ");
        }
    }

    @Test
    void break_glass_is_told_with_its_reason() {
        try (TestProxy proxy = TestProxy.start(SERVER, "break-glass");
                WireClient carol = proxy.login("carol", database);
                WireClient alice = proxy.login("alice", database);
                WireClient again = proxy.login("alice", database)) {
            watch(carol);
            String code = hold(alice, "DELETE FROM t");
            assertThat(line(carol)).contains(" opened " + code);
            again.query("SALLYPORT BREAK GLASS " + code + " 'disk full'");
            ServerMessage broken = notice(carol);
            assertThat(broken.field('M')).contains(" BREAK-GLASS " + code, ", by alice, ");
            assertThat(broken.field('D')).isEqualTo("disk full");
        }
    }

    @Test
    void tokens_that_are_asked_for_and_granted_are_told_but_never_the_token() {
        try (TestProxy proxy = TestProxy.start(SERVER, "tokens");
                WireClient carol = proxy.login("carol", database);
                WireClient alice = proxy.login("alice", database);
                WireClient bob = proxy.login("bob", database)) {
            watch(carol);
            alice.query("DELETE FROM t WHERE i = 1");
            ServerMessage asked = notice(carol);
            String code = Approver.code(asked);
            assertThat(asked.field('M')).contains(" token requested " + code + " of alice on " + database);
            String token = Rows.of(bob.query("SALLYPORT GRANT " + code + " 'nightly'"))
                    .get(0)
                    .get(0);
            assertThat(token).startsWith("spt-");
            ServerMessage granted = notice(carol);
            assertThat(granted.field('M')).contains(" token granted " + code, ", by bob, ");
            assertThat(granted.field('D')).isEqualTo("nightly");
            assertThat(granted.fields().toString()).doesNotContain(token);
            alice.send(Frontend.query("UPDATE t SET i = 3"));
            assertThat(line(carol)).contains(" opened ");
            assertThat(carol.poll(Duration.ofMillis(500)))
                    .as("its request is no news")
                    .isNull();
        }
    }

    @Test
    void it_outlives_the_servers_idle_timeout_and_its_rows_are_what_came() {
        SERVER.run("postgres", "ALTER DATABASE " + database + " SET idle_session_timeout = '1s'");
        Map<String, String> settings = Map.of("hold.keep_alive_every", "200ms");
        try (TestProxy proxy = TestProxy.start(SERVER.port(), "built-in", settings);
                WireClient carol = proxy.login("carol", database)) {
            carol.send(Frontend.query("SALLYPORT WATCH 4s"));
            assertThat(line(carol)).isEqualTo("watching holds for 4s");
            try (WireClient alice = proxy.login("alice", database)) {
                hold(alice, "DELETE FROM t");
            }
            List<ServerMessage> answer = carol.readUntilReady();
            List<List<String>> rows = Rows.of(answer);
            assertThat(rows).extracting(row -> row.get(1)).containsExactly("opened", "withdrawn");
            assertThat(rows.get(0)).contains("alice", database, "DELETE FROM t");
            assertThat(answer.get(answer.size() - 2).commandTag()).isEqualTo("SELECT 2");
        }
    }

    @Test
    void inside_of_a_transaction_it_is_refused_and_outside_again_it_runs() {
        try (TestProxy proxy = TestProxy.start(SERVER, "built-in");
                WireClient carol = proxy.login("carol", database)) {
            carol.query("BEGIN");
            List<ServerMessage> refused = carol.query("SALLYPORT WATCH 1s");
            assertThat(refused.get(0).sqlState()).isEqualTo("25001");
            assertThat(refused.get(1).status()).isEqualTo('E');
            assertThat(carol.query("SALLYPORT WATCH 1s").get(0).sqlState()).isEqualTo("25P02");
            carol.query("ROLLBACK");
            assertThat(carol.query("SALLYPORT WATCH 1s"))
                    .extracting(ServerMessage::type)
                    .containsExactly('N', 'T', 'C', 'Z');
        }
    }

    @Test
    void a_proxy_that_drains_ends_it() {
        try (TestProxy proxy = TestProxy.start(SERVER, "built-in");
                WireClient carol = proxy.login("carol", database)) {
            watch(carol);
            proxy.drain(Duration.ofSeconds(10));
            assertThat(proxy.sessions()).isZero();
            assertThat(carol.readUntil('E').get(0).sqlState()).isEqualTo("57P01");
            assertThat(proxy.scrape()).contains("sallyport_watchers 0.0");
        }
    }

    @Test
    void who_leaves_watches_no_more() {
        try (TestProxy proxy = TestProxy.start(SERVER, "built-in")) {
            for (int i = 0; i < 10; i++) {
                WireClient carol = proxy.login("carol", database);
                watch(carol);
                carol.close();
            }
            await().untilAsserted(() -> assertThat(proxy.scrape()).contains("sallyport_watchers 0.0"));
            await().until(() -> proxy.sessions() == 0);
        }
    }

    @Test
    void a_driver_watches_with_autocommit_and_reads_the_rows() throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:";
        try (TestProxy proxy = TestProxy.start(SERVER, "built-in");
                var connection = DriverManager.getConnection(url + proxy.port() + "/" + database + "?user=carol");
                var statement = connection.createStatement();
                WireClient alice = proxy.login("alice", database)) {
            String code = hold(alice, "DELETE FROM t");
            try (var rows = statement.executeQuery("SALLYPORT WATCH 2s")) {
                assertThat(rows.getMetaData().getColumnCount()).isEqualTo(9);
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("event")).isEqualTo("waiting");
                assertThat(rows.getString("code")).isEqualTo(code);
                assertThat(rows.next()).isFalse();
                assertThat(statement.getWarnings().getMessage()).startsWith("watching holds for 2s");
            }
            connection.setAutoCommit(false);
            assertThat(catchThrowableOfType(SQLException.class, () -> statement.executeQuery("SALLYPORT WATCH 2s"))
                            .getSQLState())
                    .isEqualTo("25001");
        }
    }
}
