package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** `sallyport holds`, `show`, `approve` and `reject` against a running proxy. */
@Timeout(60)
final class ApiCommandIT {
    private static TestProxy proxy;
    private static String database;

    @BeforeAll
    static void starts() {
        TestServer server = TestServer.shared();
        database = server.freshDatabase();
        server.run(database, "CREATE TABLE t AS SELECT 1 AS i; GRANT ALL ON t TO PUBLIC");
        proxy = TestProxy.start(server.port(), "built-in", Map.of("admin", "127.0.0.1:0"));
    }

    @AfterAll
    static void stops() {
        proxy.close();
    }

    private static Invocation run(String password, String... arguments) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SALLYPORT_URL", "http://127.0.0.1:" + proxy.adminPort());
        environment.put("SALLYPORT_USER", "by_scram");
        environment.put("SALLYPORT_PASSWORD", password);
        return Invocation.with(environment, arguments);
    }

    @Test
    void a_hold_of_ones_own_is_released_where_the_rule_lets_one() {
        TestServer server = TestServer.shared();
        Map<String, String> settings = Map.of("admin", "127.0.0.1:0");
        try (TestProxy lenient = TestProxy.start(server.port(), "break-glass", settings);
                WireClient scram = WireClient.connect(lenient.port())) {
            scram.login("by_scram", database, TestServer.PASSWORD);
            scram.send(Frontend.query("DELETE FROM t WHERE i < 0"));
            String code = Approver.code(scram.read());
            Map<String, String> environment = Map.of(
                    "SALLYPORT_URL",
                    "http://127.0.0.1:" + lenient.adminPort(),
                    "SALLYPORT_USER",
                    "by_scram",
                    "SALLYPORT_PASSWORD",
                    TestServer.PASSWORD);
            assertThat(Invocation.with(environment, "show", code).out()).contains("you may release it alone");
            assertThat(Invocation.with(environment, "break-glass", code).exitCode())
                    .isEqualTo(2);
            Invocation broken = Invocation.with(environment, "break-glass", code, "--reason", "disk full");
            assertThat(broken.out()).isEqualTo(code + " break_glass by by_scram\n");
            assertThat(broken.exitCode()).isZero();
            assertThat(scram.readUntilReady()).anyMatch(message -> message.type() == 'C');
            Invocation again = Invocation.with(environment, "break-glass", code, "--reason", "disk full");
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.err()).contains("is not waiting any more");
        }
    }

    @Test
    void a_hold_is_listed_shown_and_approved() {
        try (WireClient alice = proxy.login("alice", database)) {
            alice.send(Frontend.query("DELETE FROM t -- \u001b[2J"));
            String code = Approver.code(alice.read());
            assertThat(run(TestServer.PASSWORD, "holds").out()).contains(code, "alice@" + database, "DELETE FROM t");
            Invocation shown = run(TestServer.PASSWORD, "show", code);
            assertThat(shown.out()).contains("whole-table writes", "waiting").doesNotContain("\u001b");
            assertThat(run(TestServer.PASSWORD, "show", code, "--format", "json")
                            .out())
                    .contains("\"state\" : \"waiting\"");
            Invocation approved = run(TestServer.PASSWORD, "approve", code, "--reason", "as agreed");
            assertThat(approved.exitCode()).isZero();
            assertThat(approved.out()).isEqualTo(code + " approved by by_scram\n");
            assertThat(alice.readUntilReady()).noneMatch(message -> message.type() == 'E');
            assertThat(run(TestServer.PASSWORD, "approve", code).exitCode()).isEqualTo(1);
        }
    }

    @Test
    void a_rejection_needs_its_reason_and_the_requester_reads_it() {
        try (WireClient alice = proxy.login("alice", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            String code = Approver.code(alice.read());
            assertThat(run(TestServer.PASSWORD, "reject", code).exitCode()).isEqualTo(2);
            assertThat(run(TestServer.PASSWORD, "reject", code, "--reason", "no")
                            .exitCode())
                    .isZero();
            assertThat(alice.readUntilReady().toString()).contains("rejected by by_scram: no");
        }
    }

    @Test
    void what_is_refused_says_so_and_shows_no_password() {
        Invocation wrong = run("guess-1234", "holds");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("wrong").doesNotContain("guess-1234");
        assertThat(run(TestServer.PASSWORD, "show", "AAAA-AAAA").err()).contains("no hold");
        assertThat(run(TestServer.PASSWORD, "show", "../x").err()).contains("not a hold code");
    }

    @Test
    void a_password_is_not_sent_over_a_network_in_the_clear() {
        Invocation plain = run(TestServer.PASSWORD, "holds", "--url", "http://db.example:6480");
        assertThat(plain.exitCode()).isEqualTo(2);
        assertThat(plain.err()).contains("expected https://");
        assertThat(run("", "holds").err()).contains("no password");
    }
}
