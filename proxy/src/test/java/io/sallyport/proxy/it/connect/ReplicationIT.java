package io.sallyport.proxy.it.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.proxy.it.psql.ClientTools;
import io.sallyport.proxy.it.psql.ClientTools.Result;
import io.sallyport.proxy.it.server.OlderBinaries;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replication: refused unless a rule names it; then backups and streams work, and what destroys is judged still. */
@Timeout(180)
final class ReplicationIT {
    /** By name where they are on the path, else where Debian puts what only a server needs. */
    private static String tool(String name) {
        Path debian = Path.of("/usr/lib/postgresql/15/bin", name);
        if (Files.isExecutable(debian)) {
            return debian.toString();
        }
        ClientTools.assumeInstalled(name);
        return name;
    }

    private static TestServer older() {
        assumeTrue(OlderBinaries.available(), "no older server was downloaded by the build");
        return TestServer.start(OlderBinaries::open);
    }

    private static Result run(String tool, TestProxy proxy, String... arguments) {
        return ClientTools.run(ClientTools.command(tool, proxy.port(), "postgres", "", arguments), "");
    }

    private static WireClient replicating(TestProxy proxy, String database) {
        WireClient client = WireClient.connect(proxy.port());
        client.send(Frontend.startup(
                Frontend.PROTOCOL_3_0, "user", "postgres", "database", database, "replication", "database"));
        client.authenticate("postgres", "");
        return client;
    }

    private static ServerMessage error(List<ServerMessage> answer) {
        return answer.stream()
                .filter(message -> message.type() == 'E')
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_base_backup_with_its_stream_is_whole(@TempDir Path folder) {
        String backup = tool("pg_basebackup");
        String verify = tool("pg_verifybackup");
        try (TestServer server = older();
                TestProxy proxy = TestProxy.start(server, "replication")) {
            String target = folder.resolve("copy").toString();
            Result taken = run(backup, proxy, "-D", target, "-X", "stream", "-c", "fast");
            assertThat(taken.exitCode()).as(taken.err()).isZero();
            Result verified = ClientTools.run(List.of(verify, target), "");
            assertThat(verified.exitCode()).as(verified.err()).isZero();
        }
    }

    @Test
    void a_stream_of_wal_arrives_and_its_slot_is_not_dropped(@TempDir Path folder) throws IOException {
        String receive = tool("pg_receivewal");
        try (TestServer server = older();
                TestProxy proxy = TestProxy.start(server, "replication")) {
            assertThat(run(receive, proxy, "-S", "keep", "--create-slot").exitCode())
                    .isZero();
            String end = server.ask("postgres", "SELECT pg_current_wal_lsn() + 4000000");
            ClientTools.Running receiver = ClientTools.start(
                    ClientTools.command(
                            receive,
                            proxy.port(),
                            "postgres",
                            "",
                            "-S",
                            "keep",
                            "-D",
                            folder.toString(),
                            "--no-loop",
                            "--endpos",
                            end),
                    "");
            server.run("postgres", "CREATE TABLE t AS SELECT generate_series(1, 300000) n");
            Result received = receiver.await();
            assertThat(received.exitCode()).as(received.err()).isZero();
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).isNotEmpty();
            }
            Result dropped = run(receive, proxy, "-S", "keep", "--drop-slot");
            assertThat(dropped.exitCode()).isNotZero();
            assertThat(dropped.err()).contains("dropped objects");
            assertThat(server.ask("postgres", "SELECT slot_name FROM pg_replication_slots"))
                    .isEqualTo("keep");
        }
    }

    @Test
    void by_default_no_replication_session_begins(@TempDir Path folder) {
        String backup = tool("pg_basebackup");
        try (TestServer server = older();
                TestProxy proxy = TestProxy.start(server, "built-in");
                TestProxy open = TestProxy.start(server, "allow")) {
            Result refused = run(backup, proxy, "-D", folder.resolve("copy").toString());
            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.err()).contains("replication connections are not let through", "kind: replication");
            Result general = run(backup, open, "-D", folder.resolve("copy").toString());
            assertThat(general.exitCode()).isNotZero();
            assertThat(proxy.scrape()).contains("reason=\"replication\"");
            assertThat(proxy.audited()).anyMatch(line -> line.contains("\"replication\""));
        }
    }

    @Test
    void a_rule_for_one_user_is_none_for_another() {
        try (TestProxy proxy = TestProxy.start(TestServer.shared(), "replication");
                WireClient client = WireClient.connect(proxy.port())) {
            client.send(Frontend.startup(
                    Frontend.PROTOCOL_3_0, "user", "alice", "database", "postgres", "replication", "true"));
            assertThat(client.read().sqlState()).isEqualTo("0A000");
        }
    }

    @Test
    void sql_and_slots_in_a_replication_session_are_judged() {
        TestServer server = TestServer.shared();
        String database = server.freshDatabase();
        server.run(database, "CREATE TABLE keep (n int)");
        try (TestProxy proxy = TestProxy.start(server, "replication");
                WireClient client = replicating(proxy, database)) {
            assertThat(Rows.of(client.query("IDENTIFY_SYSTEM")).get(0)).contains(database);
            assertThat(Rows.of(client.query("SELECT 40 + 2")).get(0)).containsExactly("42");
            assertThat(error(client.query("DROP TABLE keep")).field('M')).contains("dropped objects");
            client.query("CREATE_REPLICATION_SLOT judged LOGICAL pgoutput");
            assertThat(error(client.query(" drop_replication_slot judged")).field('M'))
                    .contains("dropped objects");
            assertThat(error(client.query("/* x */ DROP_REPLICATION_SLOT judged;"))
                            .sqlState())
                    .isEqualTo("42501");
            assertThat(server.ask(database, "SELECT count(*) FROM keep")).isEqualTo("0");
            assertThat(server.ask(database, "SELECT slot_name FROM pg_replication_slots WHERE slot_name = 'judged'"))
                    .isEqualTo("judged");
        } finally {
            server.run(
                    database,
                    "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = 'judged'");
        }
    }

    @Test
    void a_logical_stream_runs_both_ways_and_the_session_goes_on_after_it() {
        TestServer server = TestServer.shared();
        String database = server.freshDatabase();
        server.run(database, "CREATE TABLE t (n int); CREATE PUBLICATION p FOR TABLE t");
        try (TestProxy proxy = TestProxy.start(server, "replication");
                WireClient client = replicating(proxy, database)) {
            client.query("CREATE_REPLICATION_SLOT both TEMPORARY LOGICAL pgoutput");
            client.send(Frontend.query(
                    "START_REPLICATION SLOT both LOGICAL 0/0 (proto_version '1', publication_names 'p')"));
            assertThat(client.read().type()).isEqualTo('W');
            server.run(database, "INSERT INTO t SELECT generate_series(1, 5)");
            int inserts = 0;
            while (inserts < 5) {
                ServerMessage data = client.read();
                assertThat(data.type()).isEqualTo('d');
                byte[] body = data.body();
                inserts += body[0] == 'w' && body[25] == 'I' ? 1 : 0;
                client.send(Frontend.copyData(standby()));
            }
            client.send(Frontend.copyDone());
            List<Character> end = new ArrayList<>();
            for (ServerMessage message : client.readUntilReady()) {
                if (message.type() != 'd') {
                    end.add(message.type());
                }
            }
            assertThat(end).startsWith('c', 'C').endsWith('Z');
            assertThat(Rows.of(client.query("SELECT 1")).get(0)).containsExactly("1");
            client.send(Frontend.parse("", "SELECT 1"), Frontend.sync());
            assertThat(client.readUntil('E').get(0).sqlState()).isEqualTo("08P01");
        }
    }

    /** Standby status update: nothing written, flushed or applied yet. */
    private static byte[] standby() {
        return new Body()
                .raw("r".getBytes(StandardCharsets.US_ASCII))
                .raw(new byte[8 * 4])
                .int8(0)
                .bytes();
    }
}
