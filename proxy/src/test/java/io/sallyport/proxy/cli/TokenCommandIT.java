package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestPolicies;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.WireClient;
import io.sallyport.proxy.oidc.fakes.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands with an issuer's token instead of user and password. */
@Timeout(60)
final class TokenCommandIT {
    private static final String POLICY = """
            version: 1
            people: {carol: {oidc: "ISSUER#carol"}}
            rules: [{name: rows, when: {kind: delete}, then: hold}]
            """;

    private static TestIssuer issuer;
    private static TestProxy proxy;
    private static String database;

    @TempDir
    Path folder;

    @BeforeAll
    static void starts() {
        issuer = new TestIssuer(Clock.systemUTC());
        TestServer server = TestServer.shared();
        database = server.freshDatabase();
        server.run(database, "CREATE TABLE t AS SELECT 1 AS i; GRANT ALL ON t TO PUBLIC");
        proxy = TestProxy.start(
                server.port(),
                TestPolicies.of(POLICY.replace("ISSUER", issuer.url()), "tokens.yaml"),
                Map.of("admin", "127.0.0.1:0", "oidc.issuer", issuer.url(), "oidc.audience", TestIssuer.AUDIENCE));
    }

    @AfterAll
    static void stops() {
        proxy.close();
        issuer.close();
    }

    private static Invocation run(String token, String... arguments) {
        return Invocation.with(
                Map.of("SALLYPORT_URL", "http://127.0.0.1:" + proxy.adminPort(), "SALLYPORT_TOKEN", token), arguments);
    }

    @Test
    void a_hold_is_approved_by_a_token_of_the_environment_or_of_a_file() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), issuer.token("carol") + "\n");
        try (WireClient alice = proxy.login("alice", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            String code = Approver.code(alice.read());
            assertThat(run(issuer.token("carol"), "holds").out()).contains(code);
            Invocation approved = run("", "approve", code, "--token-file", file.toString());
            assertThat(approved.out()).isEqualTo(code + " approved by oidc:carol\n");
            assertThat(alice.readUntilReady()).noneMatch(message -> message.type() == 'E');
        }
    }

    @Test
    void what_is_no_token_is_not_sent_and_a_refused_one_is_not_shown() {
        Invocation odd = run("two words", "holds");
        assertThat(odd.exitCode()).isEqualTo(2);
        assertThat(odd.err()).contains("the token is none").doesNotContain("two words");
        String foreign = issuer.key().sign(issuer.claims("carol", "grafana").build());
        Invocation refused = run(foreign, "holds");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("it is for somebody else (aud)").doesNotContain(foreign);
        assertThat(run("", "holds").err()).contains("--token-file FILE or SALLYPORT_TOKEN");
    }
}
