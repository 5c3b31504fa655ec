package io.sallyport.proxy.it.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stories that safety nets are for, before a real server. */
@Timeout(120)
final class SafetyNetsIT {
    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private String database = "";

    @BeforeAll
    static void starts() {
        // Of its own: one test locks what every login reads.
        server = TestServer.start();
        // Grants on functions of pg_catalog are each database's own.
        server.run("postgres", """
                CREATE ROLE sallyport_service LOGIN; CREATE ROLE no_service LOGIN;
                GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO sallyport_service
                """);
    }

    @AfterAll
    static void stops() {
        server.close();
    }

    @BeforeEach
    void makes_a_table() {
        database = server.freshDatabase();
        server.run(database, "CREATE TABLE t (i int); INSERT INTO t VALUES (1), (2); ALTER TABLE t OWNER TO alice");
    }

    private TestProxy proxy(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "safety.user", "sallyport_service",
                "safety.backup_source", "json",
                "safety.backup_location", folder.resolve("backup.json").toString(),
                "hold.keep_alive_every", "100ms"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return TestProxy.start(server.port(), "safety", settings);
    }

    private void backup(Duration age) throws IOException {
        Files.writeString(
                folder.resolve("backup.json"),
                "{\"finished_at\": \"" + Instant.now().minus(age) + "\"}");
    }

    private static String hold(WireClient client, String sql) {
        client.send(Frontend.query(sql));
        return Approver.code(client.readUntil('N').get(0));
    }

    private static String outcome(List<ServerMessage> answer) {
        return answer.stream()
                .filter(message -> message.type() == 'C' || message.type() == 'E')
                .map(message ->
                        message.type() == 'C' ? message.commandTag() : message.sqlState() + " " + message.field('M'))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private static String say(WireClient client, String sql) {
        return outcome(client.query(sql));
    }

    private static String point(String code) {
        return "sallyport_" + code.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** The notice of a restore point, in the requester's answer. */
    private static String notice(List<ServerMessage> answer) {
        return answer.stream()
                .filter(message -> message.type() == 'N')
                .map(message -> message.field('M'))
                .filter(text -> text.startsWith("restore point "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no restore point in " + answer));
    }

    /** Whether the server has written so much and not much more. */
    private static boolean isPlace(String lsn, String before) {
        return server.ask(
                        "postgres",
                        "SELECT pg_lsn '" + lsn + "' > pg_lsn '" + before + "' AND pg_lsn '" + lsn
                                + "' <= pg_current_wal_insert_lsn()")
                .equals("t");
    }

    private String rows() {
        return server.ask(database, "SELECT count(*) FROM t");
    }

    @Test
    void dropped_database_whose_backup_is_six_hours_old_is_refused_with_that_reason() throws IOException {
        server.run("postgres", "CREATE DATABASE production_old OWNER alice");
        backup(Duration.ofMinutes(362));
        try (TestProxy proxy = proxy();
                WireClient alice = proxy.login("alice", database)) {
            List<ServerMessage> answer = alice.query("DROP DATABASE production_old");
            assertThat(outcome(answer))
                    .isEqualTo("42501 denied by Sallyport: the last good backup (json) is 6h 2m old;"
                            + " rule \"databases go with a net\" wants one within 1h");
            assertThat(Rows.of(alice.query("SALLYPORT HOLDS"))).isEmpty();
            await().until(() -> proxy.audited().toString().contains("\"safety_net_missing\""));
        }
        assertThat(server.ask("postgres", "SELECT count(*) FROM pg_database WHERE datname = 'production_old'"))
                .isEqualTo("1");
    }

    @Test
    void dropped_database_with_a_fresh_backup_goes_by_a_second_person_and_a_restore_point() throws IOException {
        server.run("postgres", "CREATE DATABASE production_db OWNER alice");
        backup(Duration.ofMinutes(30));
        String before = server.ask("postgres", "SELECT pg_current_wal_insert_lsn()");
        try (TestProxy proxy = proxy();
                WireClient alice = proxy.login("alice", database);
                WireClient bob = proxy.login("bob", database)) {
            String code = hold(alice, "DROP DATABASE production_db");
            assertThat(Rows.of(bob.query("SALLYPORT SHOW " + code)))
                    .contains(List.of("safety", "restore point before it runs"))
                    .anyMatch(row -> row.get(0).equals("safety")
                            && String.valueOf(row.get(1))
                                    .matches("good backup of .*30m [0-9]+s old; json\\), at most 1h"));
            assertThat(say(bob, "SALLYPORT APPROVE " + code)).startsWith("22023");
            assertThat(say(bob, "SALLYPORT APPROVE " + code + " TYPED 'production_db'"))
                    .startsWith("SELECT");
            List<ServerMessage> answer = alice.readUntilReady();
            assertThat(outcome(answer)).isEqualTo("DROP DATABASE");
            String notice = notice(answer);
            assertThat(notice).startsWith("restore point " + point(code) + " at ");
            String lsn = notice.substring(notice.lastIndexOf(' ') + 1);
            assertThat(isPlace(lsn, before)).as(lsn).isTrue();
            await().until(() -> proxy.audited().toString().contains("\"finished\""));
            assertThat(proxy.audited())
                    .anyMatch(line -> line.contains("\"restore_point\"")
                            && line.contains("\"name\":\"" + point(code) + "\"")
                            && line.contains("\"lsn\":\"" + lsn + "\""));
            assertThat(Rows.of(bob.query("SALLYPORT SHOW " + code)))
                    .contains(
                            List.of("to recover", "recovery_target_name = '" + point(code) + "'"),
                            List.of("to recover", "recovery_target_action = 'pause'"))
                    .anyMatch(row -> row.get(0).equals("kept"));
            assertThat(proxy.scrape())
                    .contains("sallyport_safety_nets_total{net=\"restore_point\",outcome=\"ok\"} 1.0");
        }
        assertThat(server.ask("postgres", "SELECT count(*) FROM pg_database WHERE datname = 'production_db'"))
                .isEqualTo("0");
    }

    @Test
    void service_role_that_may_not_make_it_lets_nothing_run_and_says_why() {
        try (TestProxy proxy = proxy("safety.user", "no_service");
                WireClient alice = proxy.login("alice", database);
                WireClient bob = proxy.login("bob", database)) {
            String code = hold(alice, "DELETE FROM t");
            assertThat(say(bob, "SALLYPORT APPROVE " + code)).startsWith("SELECT");
            List<ServerMessage> answer = alice.readUntilReady();
            assertThat(outcome(answer))
                    .isEqualTo("XX000 " + code + " was released, but no restore point could be made: permission denied"
                            + " for function pg_create_restore_point: what was approved is void");
            assertThat(Rows.of(bob.query("SALLYPORT SHOW " + code))).contains(List.of("outcome", "ERROR XX000"));
            assertThat(rows()).isEqualTo("2");
        }
    }

    @Test
    void service_role_that_cannot_log_in_lets_nothing_run() {
        try (TestProxy proxy = proxy("safety.user", "by_nothing");
                WireClient alice = proxy.login("alice", database);
                WireClient bob = proxy.login("bob", database)) {
            String code = hold(alice, "DELETE FROM t");
            assertThat(say(bob, "SALLYPORT APPROVE " + code)).startsWith("SELECT");
            assertThat(outcome(alice.readUntilReady())).startsWith("XX000 " + code);
            assertThat(rows()).isEqualTo("2");
        }
    }

    @Test
    void cancel_while_the_restore_point_is_made_lets_nothing_run() {
        try (TestProxy proxy = proxy("safety.timeout", "60s");
                WireClient alice = proxy.login("alice", database);
                WireClient bob = proxy.login("bob", database);
                WireClient locker = WireClient.login(server.port(), "postgres", "postgres")) {
            String code = hold(alice, "DELETE FROM t");
            // Every login reads it: the service role's waits.
            locker.query("BEGIN; LOCK TABLE pg_db_role_setting IN ACCESS EXCLUSIVE MODE");
            assertThat(say(bob, "SALLYPORT APPROVE " + code)).startsWith("SELECT");
            await().until(() -> Rows.of(locker.query("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted"))
                    .equals(List.of(List.of("t"))));
            try (WireClient canceller = WireClient.connect(proxy.port())) {
                canceller.send(Frontend.cancelRequest(alice.key()));
            }
            assertThat(outcome(alice.readUntilReady())).startsWith("57014");
            locker.query("COMMIT");
            await().until(() -> proxy.audited().toString().contains("\"restore_point\""));
            assertThat(say(alice, "SELECT 1")).isEqualTo("SELECT 1");
            assertThat(rows()).isEqualTo("2");
        }
    }

    @Test
    void break_glass_makes_the_restore_point_too() {
        try (TestProxy proxy = proxy();
                WireClient alice = proxy.login("alice", database);
                WireClient second = proxy.login("alice", database)) {
            String code = hold(alice, "DELETE FROM t");
            assertThat(say(second, "SALLYPORT BREAK GLASS " + code + " 'site is down'"))
                    .startsWith("SELECT");
            List<ServerMessage> answer = alice.readUntilReady();
            assertThat(notice(answer)).startsWith("restore point " + point(code));
            assertThat(outcome(answer)).isEqualTo("DELETE 2");
        }
    }

    @Test
    void token_makes_a_restore_point_of_a_name_of_its_own() {
        try (TestProxy proxy = proxy();
                WireClient alice = proxy.login("alice", database);
                WireClient bob = proxy.login("bob", database)) {
            ServerMessage denied = alice.query("DROP TABLE t").stream()
                    .filter(message -> message.type() == 'E')
                    .findFirst()
                    .orElseThrow();
            String code = Approver.code(denied);
            assertThat(Rows.of(bob.query("SALLYPORT SHOW " + code)))
                    .contains(List.of("safety", "restore point before it runs"));
            String token = String.valueOf(
                    Rows.of(bob.query("SALLYPORT GRANT " + code)).get(0).get(0));
            assertThat(say(alice, "SET sallyport.token = '" + token + "'")).isEqualTo("SET");
            List<ServerMessage> answer = alice.query("DROP TABLE t");
            assertThat(outcome(answer)).isEqualTo("DROP TABLE");
            assertThat(notice(answer)).startsWith("restore point " + point(code) + "_");
            assertThat(Rows.of(bob.query("SALLYPORT SHOW " + code)))
                    .anyMatch(row -> row.get(0).equals("kept"));
        }
    }

    @Test
    void what_was_kept_is_told_after_a_restart() {
        String control = "jdbc:h2:file:" + folder.resolve("control");
        String code;
        try (TestProxy proxy = proxy("control.url", control);
                WireClient alice = proxy.login("alice", database);
                WireClient bob = proxy.login("bob", database)) {
            code = hold(alice, "DELETE FROM t");
            assertThat(say(bob, "SALLYPORT APPROVE " + code)).startsWith("SELECT");
            assertThat(outcome(alice.readUntilReady())).isEqualTo("DELETE 2");
        }
        try (TestProxy proxy = proxy("control.url", control);
                WireClient bob = proxy.login("bob", database)) {
            assertThat(Rows.of(bob.query("SALLYPORT SHOW " + code)))
                    .contains(List.of("to recover", "recovery_target_name = '" + point(code) + "'"));
        }
    }

    @Test
    void server_that_archives_nothing_is_no_archiver() {
        try (TestProxy proxy = proxy("safety.backup_source", "archiver");
                WireClient alice = proxy.login("alice", database)) {
            assertThat(say(alice, "TRUNCATE t"))
                    .isEqualTo("42501 denied by Sallyport: there is no archived WAL (archiver); rule \"archived\""
                            + " wants one within 24h");
        }
    }
}
