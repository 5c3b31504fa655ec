package io.sallyport.proxy.it.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.proxy.audit.chain.SigningKey;
import io.sallyport.proxy.audit.verify.AuditVerifier;
import io.sallyport.proxy.audit.verify.Finding;
import io.sallyport.proxy.audit.verify.Report;
import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class AuditChainIT {
    private final TestServer server = TestServer.shared();
    private final String database = server.freshDatabase();
    private final SigningKey key = SigningKey.generate();

    @TempDir
    private Path folder;

    @BeforeEach
    void table() throws IOException {
        server.run(database, "CREATE TABLE t AS SELECT generate_series(1, 9) AS i; GRANT ALL ON t TO PUBLIC");
        Files.writeString(folder.resolve("audit.key"), key.pem());
    }

    @Test
    void what_was_held_approved_and_run_is_proven_until_one_byte_changes() throws Exception {
        for (String policy : List.of("none", "interval", "every")) {
            try (TestProxy proxy = start(Map.of("audit.fsync", policy, "audit.key", folder + "/audit.key"));
                    WireClient alice = proxy.login("alice", database);
                    Approver bob = new Approver(proxy, "bob", database)) {
                alice.send(Frontend.query("DELETE FROM t"));
                assertThat(bob.approve(Approver.code(alice.readUntil('N').get(0))))
                        .isTrue();
                assertThat(alice.readUntilReady()).anyMatch(message -> message.type() == 'C');
                await().until(() -> String.join("\n", proxy.audited()).contains("\"event\":\"finished\""));
            }
        }
        Report report = verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.proven()).isEqualTo(3);
        assertThat(report.uncovered()).isZero();

        Path log = folder.resolve("audit.jsonl");
        byte[] bytes = Files.readAllBytes(log);
        int vote = Files.readString(log).indexOf("\"voter\":\"bob\"");
        bytes[vote + 10] = 'e';
        Files.write(log, bytes);
        assertThat(verify().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.EDITED);
            assertThat(Files.readAllLines(log)
                            .get((int) Objects.requireNonNull(finding.place()).line() - 1))
                    .contains("\"event\":\"voted\"");
        });
    }

    @Test
    void on_a_full_disk_what_needs_a_second_person_is_refused_and_reading_goes_on() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
        try (TestProxy proxy = start(Map.of("audit.file", "/dev/full"));
                WireClient alice = proxy.login("alice", database)) {
            // The first line that fails tells.
            await().until(
                            () -> alice.query("DELETE FROM t").stream()
                                    .filter(message -> message.type() == 'E')
                                    .map(ServerMessage::sqlState)
                                    .toList(),
                            List.of("XX000")::equals);
            assertThat(alice.query("SELECT count(*) FROM t")).noneMatch(message -> message.type() == 'E');
        }
        assertThat(server.ask(database, "SELECT count(*) FROM t")).isEqualTo("9");
    }

    private TestProxy start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("audit.file", folder + "/audit.jsonl");
        return TestProxy.start(server.port(), "hold", all);
    }

    private Report verify() throws IOException {
        return new AuditVerifier(List.of(key.verifying()), List.of(), true)
                .verify(List.of(folder.resolve("audit.jsonl")));
    }
}
