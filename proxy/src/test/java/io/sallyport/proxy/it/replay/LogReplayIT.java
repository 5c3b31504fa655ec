package io.sallyport.proxy.it.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.policies.Policy;
import io.sallyport.policies.decision.Decision;
import io.sallyport.proxy.it.server.OlderBinaries;
import io.sallyport.proxy.replay.LogReplay;
import io.sallyport.proxy.replay.Memberships;
import io.sallyport.proxy.replay.ReplayFilter;
import io.sallyport.proxy.replay.Summariser;
import io.sallyport.proxy.replay.Summary;
import io.sallyport.proxy.replay.log.LogInput;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients really ran against a real server is what a replay of its logs counts, whatever their format. */
@Timeout(120)
class LogReplayIT {
    private static final Set<Decision> ALL = Set.of(Decision.values());
    private static final String END = "select 'the end'";

    /** By user, decision and normalised text. */
    private static final Map<String, Long> RAN = new TreeMap<>(Map.ofEntries(
            Map.entry("alice allow create table t(id int, name text)", 1L),
            Map.entry("alice allow insert into t values (?, ?)", 1L),
            Map.entry("alice allow delete from t where id = ?", 2L),
            Map.entry("alice hold delete from t", 1L),
            Map.entry("alice hold delete from nosuch", 1L),
            Map.entry("alice hold prepare p as delete from t", 1L),
            Map.entry("alice hold execute p", 1L),
            Map.entry("alice hold begin; truncate t; rollback", 1L),
            Map.entry("carol allow select ?", 1L),
            Map.entry("bob allow update t set name = ? where id = ?", 7L),
            Map.entry("bob allow begin", 1L),
            Map.entry("bob allow select id from generate_series(?, ?) as id", 1L),
            Map.entry("bob allow commit", 1L),
            Map.entry("bob hold drop table t", 1L),
            Map.entry("carol allow create table c(id int)", 1L),
            Map.entry("carol allow select count(*) from c", 1L)));

    @TempDir
    private Path folder;

    @Test
    void logs_of_the_newest_server_tell_what_was_run() throws Exception {
        replayed(EmbeddedPostgres.builder());
    }

    @Test
    void logs_of_an_older_server_tell_what_was_run() throws Exception {
        assumeTrue(OlderBinaries.available(), "the older server is not there");
        replayed(EmbeddedPostgres.builder().setPgBinaryResolver(OlderBinaries::open));
    }

    private void replayed(EmbeddedPostgres.Builder builder) throws Exception {
        try (LoggingServer server = LoggingServer.start(builder, folder.resolve("data"))) {
            alice(server);
            bob(server);
            carol(server);
            for (String ending : new String[] {"log", "csv", "json"}) {
                Path log = server.log(ending);
                await().until(() -> Files.readString(log).contains("the end"));
                Summary summary = replay(log);
                assertThat(counts(summary)).as(ending).isEqualTo(RAN);
                assertThat(summary.skipped().failures()).as(ending).isEqualTo(2);
                assertThat(summary.skipped().fetches()).as(ending).isEqualTo(2);
                assertThat(summary.unreadable().lines()).as(ending).isZero();
                assertThat(summary.notes()).as(ending).isEmpty();
                assertThat(summary.sessions()).as(ending).isGreaterThanOrEqualTo(3);
            }
        }
    }

    /** All is logged before it runs, by the simple protocol. */
    private static void alice(LoggingServer server) throws SQLException {
        try (Connection connection = server.connect("alice", "&preferQueryMode=simple&ApplicationName=ps%20ql")) {
            run(connection, "create table t (id int, name text)");
            run(connection, "insert into t\n\n  values (1, 'a\n\tb'), (2, 'it''s \"x\", ')");
            run(connection, "delete from t where id = 7");
            run(connection, "delete /* so\nthat */ from t where id = 8");
            run(connection, "DELETE\r\nFROM t");
            run(connection, "prepare p as delete from t");
            run(connection, "execute p");
            run(connection, "begin; truncate t; rollback");
            assertThatThrownBy(() -> run(connection, "delete from nosuch")).hasMessageContaining("nosuch");
            assertThatThrownBy(() -> run(connection, "selec 1")).hasMessageContaining("selec");
        }
    }

    /** Everything is logged after it ran, with its time, and parse, bind and execute apart. */
    private static void bob(LoggingServer server) throws SQLException {
        try (Connection connection = server.connect("bob", "")) {
            try (PreparedStatement update = connection.prepareStatement("update t set name = ? where id = ?")) {
                for (int i = 0; i < 7; i++) {
                    update.setString(1, "it's\n" + i);
                    update.setInt(2, i);
                    update.executeUpdate();
                }
            }
            connection.setAutoCommit(false);
            try (Statement select = connection.createStatement()) {
                select.setFetchSize(2);
                try (ResultSet rows = select.executeQuery("select id from generate_series(1, 5) as id")) {
                    while (rows.next()) {
                        assertThat(rows.getInt(1)).isPositive();
                    }
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
            assertThatThrownBy(() -> run(connection, "select 1 / 0")).hasMessageContaining("zero");
            run(connection, "drop table t");
        }
    }

    /** Definitions are logged before they run, and their time without their text. */
    private static void carol(LoggingServer server) throws SQLException {
        try (Connection connection = server.connect("carol", "")) {
            run(connection, "create table c (id int)");
            run(connection, "select count(*) from c");
            run(connection, END);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Summary replay(Path log) throws Exception {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        LogReplay replay = new LogReplay(Policy.builtIn(), Memberships.NONE, ReplayFilter.ALL, false, null, berlin);
        replay.read(log.toString(), InputStream.nullInputStream(), new LogInput.Options(null, null), read -> {});
        return replay.summary("built-in", new Summariser.Options(1000, ALL, false));
    }

    /** The driver's own statements left out. */
    private static Map<String, Long> counts(Summary summary) {
        Map<String, Long> counts = new TreeMap<>();
        for (Summary.FingerprintCount fingerprint : summary.fingerprints()) {
            String user = String.join(",", fingerprint.users());
            if (!user.equals("postgres") && !fingerprint.text().startsWith("set ")) {
                counts.put(user + " " + fingerprint.decision() + " " + fingerprint.text(), fingerprint.count());
            }
        }
        return counts;
    }
}
