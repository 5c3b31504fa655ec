package io.sallyport.proxy.it.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.OlderBinaries;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gate itself, on servers other than the class path's: the substitutes must fail on all of them. */
final class VersionSmokeIT {
    static Stream<Integer> majors() {
        return OlderBinaries.majors().stream();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void refusals_and_holds_are_what_they_are_on_the_newest(int major) {
        try (TestServer server = TestServer.start(OlderBinaries.of(major))) {
            String database = server.freshDatabase();
            server.run(database, "CREATE TABLE t AS SELECT 1 AS i; ALTER TABLE t OWNER TO alice");
            try (TestProxy proxy = TestProxy.start(server, "deny")) {
                refuses(proxy, database);
            }
            assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("1");
            try (TestProxy proxy = TestProxy.start(server, "hold")) {
                holds(proxy, database);
            }
            assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("0");
        }
    }

    private static void refuses(TestProxy proxy, String database) {
        try (WireClient alice = proxy.login("alice", database)) {
            assertThat(types(alice.query("DELETE FROM t"))).isEqualTo("EZ");
            alice.query("BEGIN");
            List<ServerMessage> within = alice.query("DELETE FROM t");
            assertThat(within.get(within.size() - 1).status()).isEqualTo('E');
            assertThat(alice.query("COMMIT").get(0).commandTag()).isEqualTo("ROLLBACK");
            alice.send(
                    Frontend.parse("", "INSERT INTO t VALUES (2)"),
                    Frontend.bind("", ""),
                    Frontend.execute("", 0),
                    Frontend.parse("", "DROP TABLE t"),
                    Frontend.bind("", ""),
                    Frontend.execute("", 0),
                    Frontend.sync());
            assertThat(types(alice.readUntilReady())).isEqualTo("12CEZ");
            alice.send(
                    Frontend.query("COPY t FROM STDIN"),
                    Frontend.copyData("drop table t;\n".getBytes(StandardCharsets.UTF_8)),
                    Frontend.copyDone());
            assertThat(types(alice.readUntilReady())).isEqualTo("GEZ");
        }
    }

    private static void holds(TestProxy proxy, String database) {
        try (WireClient alice = proxy.login("alice", database);
                Approver bob = new Approver(proxy, "bob", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            assertThat(bob.reject(Approver.code(alice.readUntil('N').get(0)), "no"))
                    .isTrue();
            assertThat(types(alice.readUntilReady())).isEqualTo("EZ");
            alice.send(Frontend.query("DELETE FROM t"));
            alice.readUntil('N');
            try (WireClient canceller = WireClient.connect(proxy.port())) {
                canceller.send(Frontend.cancelRequest(alice.key()));
            }
            assertThat(alice.readUntilReady().get(0).sqlState()).isEqualTo("57014");
            alice.send(
                    Frontend.parse("", "DELETE FROM t"),
                    Frontend.bind("", ""),
                    Frontend.execute("", 0),
                    Frontend.sync());
            assertThat(bob.approve(Approver.code(alice.readUntil('N').get(0)))).isTrue();
            assertThat(types(alice.readUntilReady())).isEqualTo("12CZ");
        }
    }

    /** Without notices: an approval is announced by one. */
    private static String types(List<ServerMessage> answer) {
        StringBuilder types = new StringBuilder();
        answer.stream().filter(message -> message.type() != 'N').forEach(message -> types.append(message.type()));
        return types.toString();
    }
}
