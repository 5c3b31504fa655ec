package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** `sallyport access-token`, and the other commands with what it made. */
@Timeout(60)
final class AccessTokenCommandIT {
    private static TestProxy proxy;
    private static String database;

    @TempDir
    Path folder;

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

    private static String url() {
        return "http://127.0.0.1:" + proxy.adminPort();
    }

    private static Invocation run(String... arguments) {
        return Invocation.with(
                Map.of("SALLYPORT_URL", url(), "SALLYPORT_USER", "by_scram", "SALLYPORT_PASSWORD", TestServer.PASSWORD),
                arguments);
    }

    private static Invocation byToken(String token, String... arguments) {
        return Invocation.with(Map.of("SALLYPORT_URL", url(), "SALLYPORT_TOKEN", token), arguments);
    }

    @Test
    void what_create_prints_approves_until_it_is_revoked() throws IOException {
        Invocation made = run("access-token", "create", "--label", "nightly", "--for", "2h");
        assertThat(made.exitCode()).isZero();
        String secret = made.out().strip();
        assertThat(secret).matches("sp_[A-Za-z0-9_-]{32}");
        assertThat(made.err())
                .contains("nightly  acts for by_scram until ", "not shown again")
                .doesNotContain(secret);
        try (WireClient alice = proxy.login("alice", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            String code = Approver.code(alice.read());
            assertThat(byToken(secret, "holds").out()).contains(code);
            Path file = Files.writeString(folder.resolve("token"), secret + "\n");
            Invocation approved = byToken("", "approve", code, "--token-file", file.toString());
            assertThat(approved.out()).isEqualTo(code + " approved by by_scram\n");
            assertThat(alice.readUntilReady()).noneMatch(message -> message.type() == 'E');
        }
        Invocation listed = run("access-token", "list");
        assertThat(listed.out()).contains("nightly  expires ", "last used ").doesNotContain(secret);
        String id = listed.out().substring(0, 8);
        assertThat(run("access-token", "revoke", id).out()).isEqualTo(id + " revoked\n");
        assertThat(run("access-token", "list").out()).doesNotContain(id);
        Invocation late = byToken(secret, "holds");
        assertThat(late.exitCode()).isEqualTo(1);
        assertThat(late.err()).contains("does not work any more").doesNotContain(secret);
    }

    @Test
    void refusals_are_told_and_secrets_are_not() {
        Invocation longer = run("access-token", "create", "--label", "x", "--for", "90d");
        assertThat(longer.exitCode()).isEqualTo(1);
        assertThat(longer.err()).contains("from 1s to 12h (page.longest");
        assertThat(run("access-token", "create").exitCode()).isEqualTo(2);
        assertThat(run("access-token").exitCode()).isEqualTo(2);
        Invocation mistaken = run("access-token", "revoke", "sp_" + "A".repeat(32));
        assertThat(mistaken.exitCode()).isEqualTo(1);
        assertThat(mistaken.err()).contains("not the id of a token").doesNotContain("AAAA");
        String secret = run("access-token", "create", "--label", "x", "--format", "json")
                .out()
                .replaceAll("(?s).*\"token\" : \"([^\"]*)\".*", "$1");
        Invocation more = byToken(secret, "access-token", "create", "--label", "y");
        assertThat(more.exitCode()).isEqualTo(1);
        assertThat(more.err()).contains("neither makes nor lists nor revokes any");
    }
}
