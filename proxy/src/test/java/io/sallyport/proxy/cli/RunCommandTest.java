package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunCommandTest {
    private static final Map<String, String> TEXT = Map.of("SALLYPORT_LOG_FORMAT", "text");
    private static final Pattern ADMIN = Pattern.compile("admin (http://127\\.0\\.0\\.1:\\d+)");

    @TempDir
    private Path folder;

    @Test
    void without_a_server_it_says_how_to_name_one() {
        Invocation run = Invocation.of("run");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("""
                sallyport: upstream: no PostgreSQL server is named; give --upstream HOST:PORT, SALLYPORT_UPSTREAM,\
                 or `upstream: HOST:PORT` in the file
                """);
    }

    @Test
    void every_problem_of_the_settings_is_one_line() throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), "upsteam: db\nhold: {expires: soon}\n");
        Invocation run = Invocation.with(Map.of("SALLYPORT_CONFIG", file.toString()), "run", "--listen", "a:b");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("sallyport: "))
                .anyMatch(line -> line.contains(file + ":1:1: unknown setting upsteam; did you mean upstream?"))
                .anyMatch(line -> line.contains(file + ":2:17: hold.expires"))
                .anyMatch(line -> line.contains("option --listen: listen: port \"b\""));
    }

    @Test
    void a_broken_policy_is_named_with_its_place() throws IOException {
        Path policy = Files.writeString(folder.resolve("p.yaml"), "version: 1\nrulez: []\n");
        Invocation run = Invocation.of("run", "--upstream", "db", "--policy", policy.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("sallyport: " + policy + ":2:1: ").doesNotContain("\tat ");
        Invocation absent = Invocation.of("run", "--upstream", "db", "--policy", folder + "/none.yaml");
        assertThat(absent.exitCode()).isEqualTo(2);
        assertThat(absent.err()).isEqualTo("sallyport: " + folder + "/none.yaml: no such file\n");
    }

    @Test
    void a_taken_port_is_an_error_in_one_line() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Invocation listen = Invocation.of("run", "--upstream", "db", "--admin", "off", "--listen", address);
            Invocation admin = Invocation.of("run", "--upstream", "db", "--admin", address, "--listen", "127.0.0.1:0");
            for (Invocation run : new Invocation[] {listen, admin}) {
                assertThat(run.exitCode()).isEqualTo(1);
                assertThat(run.err().lines()).hasSize(1).allMatch(line -> line.contains(address));
            }
        }
    }

    @Test
    void an_audit_file_that_cannot_be_written_stops_the_start() {
        Map<String, String> environment = Map.of("SALLYPORT_AUDIT_FILE", folder + "/none/audit.jsonl");
        Invocation run = Invocation.with(environment, "run", "--upstream", "db", "--listen", "127.0.0.1:0");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        "sallyport: cannot append to the audit file " + folder + "/none/audit.jsonl: no such folder\n");
    }

    @Test
    void it_runs_until_it_is_told_to_stop() throws Exception {
        Running running = start(TEXT);
        assertThat(running.banner)
                .matches("sallyport \\S+: listening on 127\\.0\\.0\\.1:[1-9]\\d* for 127\\.0\\.0\\.1:1;"
                        + " policy built-in; admin http://\\S+\n");
        assertThat(get(running.admin + "/readyz")).contains("ready");
        assertThat(get(running.admin + "/metrics")).contains("sallyport_sessions 0.0", "jvm_memory_used_bytes");
        running.thread.interrupt();
        assertThat(running.result.get()).isZero();
    }

    @Test
    void while_the_audit_cannot_be_written_it_is_not_ready() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
        Running running = start(Map.of("SALLYPORT_LOG_FORMAT", "text", "SALLYPORT_AUDIT_FILE", "/dev/full"));
        await().until(() -> get(running.admin + "/readyz").contains("the audit cannot be written"));
        assertThat(get(running.admin + "/metrics")).contains("sallyport_audit_writable 0.0");
        running.thread.interrupt();
        assertThat(running.result.get()).isZero();
    }

    private record Running(Thread thread, FutureTask<Integer> result, String banner, String admin) {}

    private static Running start(Map<String, String> environment) {
        StringWriter err = new StringWriter();
        String[] arguments = {"run", "--upstream", "127.0.0.1:1", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"};
        FutureTask<Integer> run = new FutureTask<>(() -> Main.run(
                arguments,
                Invocation.keepingNothing(environment),
                InputStream.nullInputStream(),
                new PrintWriter(new StringWriter()),
                new PrintWriter(err)));
        Thread thread = new Thread(run, "run");
        thread.start();
        await().until(() -> ADMIN.matcher(err.toString()).find());
        Matcher admin = ADMIN.matcher(err.toString());
        assertThat(admin.find()).isTrue();
        return new Running(thread, run, err.toString(), admin.group(1));
    }

    private static String get(String uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
