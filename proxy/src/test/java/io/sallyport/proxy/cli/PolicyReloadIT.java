package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** `sallyport run --policy FILE` while the file changes under a live session. */
@Timeout(120)
final class PolicyReloadIT {
    private static final Pattern BANNER =
            Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+) .*admin (http://127\\.0\\.0\\.1:\\d+)");
    private static final String DENY = """
            version: 1
            rules:
              - name: not here
                when: {kind: update}
                then: deny
            """;
    private static final String ALLOW = DENY.replace("deny", "allow");

    private final TestServer server = TestServer.shared();
    private final String database = server.freshDatabase();

    @TempDir
    private Path folder;

    private Thread thread = new Thread();
    private String admin = "";
    private int port;

    PolicyReloadIT() {
        server.run(database, "CREATE TABLE t (i int); GRANT ALL ON t TO PUBLIC");
    }

    private void run(Path policy) {
        StringWriter err = new StringWriter();
        Map<String, String> environment = Map.of(
                "SALLYPORT_LOG_FORMAT", "text",
                "SALLYPORT_POLICY_RELOAD", "50ms",
                "SALLYPORT_TIMEOUTS_DRAIN", "0",
                "SALLYPORT_AUDIT_FILE", audit().toString());
        String[] arguments = {
            "run",
            "--upstream",
            "127.0.0.1:" + server.port(),
            "--listen",
            "127.0.0.1:0",
            "--admin",
            "127.0.0.1:0",
            "--policy",
            policy.toString()
        };
        thread = new Thread(() -> Main.run(
                arguments,
                environment,
                InputStream.nullInputStream(),
                new PrintWriter(new StringWriter()),
                new PrintWriter(err)));
        thread.start();
        await().until(() -> BANNER.matcher(err.toString()).find());
        Matcher banner = BANNER.matcher(err.toString());
        assertThat(banner.find()).isTrue();
        port = Integer.parseInt(banner.group(1));
        admin = banner.group(2);
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    @Test
    void a_changed_file_decides_the_next_statement_of_a_live_session() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), ALLOW);
        run(policy);
        try (WireClient alice = WireClient.login(port, "alice", database)) {
            assertThat(update(alice)).isEqualTo("UPDATE 0");
            replace(policy, DENY);
            await().until(() -> update(alice).equals("42501"));
            Files.writeString(policy, ALLOW);
            await().until(() -> update(alice).equals("UPDATE 0"));
        }
        await().untilAsserted(
                        () -> assertThat(events("policy_loaded")).hasSize(3).doesNotHaveDuplicates());
    }

    @Test
    void a_broken_file_keeps_the_old_policy_and_says_so_everywhere() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), DENY);
        run(policy);
        try (WireClient alice = WireClient.login(port, "alice", database)) {
            Files.writeString(policy, DENY.replace("when", "wenn"));
            await().untilAsserted(() -> assertThat(status(alice))
                    .containsPattern("policy reload, failed at \\S+Z: .*policy.yaml:3:5: .*when"));
            assertThat(update(alice)).isEqualTo("42501");
            assertThat(get("/readyz")).contains("ready");
            assertThat(get("/metrics"))
                    .contains(
                            "sallyport_policy_reloads_total{result=\"failure\"} 1.0",
                            "sallyport_policy_last_reload_successful 0.0");
            await().untilAsserted(() -> assertThat(events("policy_refused"))
                    .singleElement()
                    .asString()
                    .contains("wenn"));
            Files.delete(policy);
            await().untilAsserted(() -> assertThat(status(alice)).contains("policy.yaml: no such file"));
            assertThat(update(alice)).isEqualTo("42501");
            Files.writeString(policy, ALLOW);
            await().until(() -> update(alice).equals("UPDATE 0"));
            assertThat(status(alice)).doesNotContain("failed").contains("sha-256");
            assertThat(get("/metrics")).contains("sallyport_policy_last_reload_successful 1.0");
        }
    }

    @Test
    void a_config_map_of_kubernetes_is_followed_when_its_link_is_swapped() throws IOException {
        Path old = Files.createDirectory(folder.resolve("..2026_01"));
        Path fresh = Files.createDirectory(folder.resolve("..2026_02"));
        Files.writeString(old.resolve("policy.yaml"), ALLOW);
        Files.writeString(fresh.resolve("policy.yaml"), DENY);
        Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_01"));
        Path policy = Files.createSymbolicLink(folder.resolve("policy.yaml"), Path.of("..data", "policy.yaml"));
        run(policy);
        try (WireClient alice = WireClient.login(port, "alice", database)) {
            assertThat(update(alice)).isEqualTo("UPDATE 0");
            Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2026_02"));
            Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            await().until(() -> update(alice).equals("42501"));
        }
    }

    /** As editors do: written beside, then renamed over. */
    private void replace(Path file, String text) throws IOException {
        Path beside = Files.writeString(folder.resolve("beside"), text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String update(WireClient client) {
        List<ServerMessage> answer = client.query("UPDATE t SET i = 1 WHERE i = 0");
        return answer.stream()
                .filter(message -> message.type() == 'C' || message.type() == 'E')
                .map(message -> message.type() == 'E'
                        ? message.field('C')
                        : message.read().string())
                .findFirst()
                .orElseThrow();
    }

    private static String status(WireClient client) {
        StringBuilder text = new StringBuilder();
        Rows.of(client.query("SALLYPORT STATUS"))
                .forEach(row -> text.append(String.join(", ", row)).append('\n'));
        return text.toString();
    }

    private Path audit() {
        return folder.resolve("audit.jsonl");
    }

    private List<String> events(String name) throws IOException {
        return Files.readAllLines(audit()).stream()
                .filter(line -> line.contains("\"event\":\"" + name + "\""))
                .toList();
    }

    private String get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(admin + path)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
