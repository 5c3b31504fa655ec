package io.sallyport.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.proxy.config.HostAndPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AdminServerTest {
    private static final HostAndPort ANY_PORT = new HostAndPort("127.0.0.1", 0);

    private volatile Readiness readiness = Readiness.READY;
    private AdminServer server;

    @BeforeEach
    void start() throws IOException {
        server = start(Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_live_process_is_healthy_even_when_it_is_not_ready() throws Exception {
        readiness = Readiness.not("draining");
        HttpResponse<String> response = get("/healthz");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"ok\"}\n");
    }

    @Test
    void readiness_turns_with_its_reason() throws Exception {
        assertThat(get("/readyz").body()).isEqualTo("{\"status\":\"ready\"}\n");
        readiness = Readiness.not("draining");
        HttpResponse<String> response = get("/readyz?verbose");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("{\"status\":\"not ready\",\"reason\":\"draining\"}\n");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    }

    @Test
    void metrics_are_prometheus_text() throws Exception {
        HttpResponse<String> response = get("/metrics");
        assertThat(response.body()).isEqualTo("sallyport_sessions 1.0\n");
        assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void head_answers_the_length_and_no_body() throws Exception {
        HttpResponse<String> response = send("HEAD", "/metrics", "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("content-length")).hasValue("23");
    }

    @Test
    void who_does_not_read_is_not_answered_for_ever() throws Exception {
        AtomicInteger scrapes = new AtomicInteger();
        String large = "x".repeat(100_000) + "\n";
        try (AdminServer busy = AdminServer.start(ANY_PORT, () -> Readiness.READY, () -> {
                    scrapes.incrementAndGet();
                    return large;
                });
                Socket deaf = new Socket(InetAddress.getLoopbackAddress(), busy.port())) {
            byte[] request = "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            try {
                for (int i = 0; i < 20_000; i++) {
                    deaf.getOutputStream().write(request);
                }
            } catch (IOException closed) {
                // So it should be.
            }
            Awaitility.await().during(Duration.ofMillis(700)).until(() -> true);
            assertThat(scrapes.get()).as("answers of 100 kB that nobody reads").isLessThan(200);
        }
    }

    @Test
    void files_that_come_by_and_by_leave_room_and_say_so_when_there_is_none() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < AdminPipeline.MOST_SCRIPTS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                slow.add(socket);
                socket.getOutputStream().write(post(100_000));
                socket.getOutputStream().flush();
            }
            awaitSlots();
            assertThat(answerTo(post(100_000))).startsWith("HTTP/1.1 503").contains("retry-after: 10");
            slow.remove(0).close();
            Awaitility.await().until(() -> !answerTo(post(100_000)).startsWith("HTTP/1.1 503"));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private void awaitSlots() {
        Awaitility.await().until(() -> answerTo(post(100_000)).startsWith("HTTP/1.1 503"));
    }

    private static byte[] post(int length) {
        return ("POST /api/v1/grants HTTP/1.1\r\nHost: h\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Empty where none came within half a second. */
    private String answerTo(byte[] head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(500);
            socket.getOutputStream().write(head);
            byte[] answer = new byte[2_000];
            int read = socket.getInputStream().read(answer);
            return read < 0 ? "" : new String(answer, 0, read, StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException none) {
            return "";
        }
    }

    @Test
    void one_address_takes_not_all_places_for_files() throws Exception {
        AddressSlots slots = new AddressSlots(AdminPipeline.MOST_SCRIPTS, AdminPipeline.MOST_SCRIPTS_OF_ONE);
        InetAddress far = InetAddress.getByName("192.0.2.7");
        assertThat(slots.take(far)).isTrue();
        assertThat(slots.take(far)).isTrue();
        assertThat(slots.take(far)).isFalse();
        slots.leave(far);
        assertThat(slots.take(far)).isTrue();
        assertThat(slots.take(InetAddress.getByName("192.0.2.8"))).isTrue();
    }

    @Test
    void other_paths_and_methods_are_errors_in_json() throws Exception {
        assertThat(get("/approve").statusCode()).isEqualTo(404);
        assertThat(get("/approve").body()).startsWith("{\"error\":\"Not Found\",\"message\":");
        HttpResponse<String> post = send("POST", "/healthz", "x");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("allow")).hasValue("GET, HEAD");
        assertThat(post.body()).isEqualTo("{\"error\":\"Method Not Allowed\",\"message\":\"expected GET or HEAD\"}\n");
    }

    @Test
    void a_large_body_is_refused() throws Exception {
        HttpResponse<String> response = send("POST", "/healthz", "x".repeat(8193));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("at most 8192 bytes");
    }

    @Test
    void what_is_no_readable_http_is_refused_and_closed() throws Exception {
        assertThat(raw("\u0000\u0000\u0000\bnonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET /" + "x".repeat(5000) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 414 ");
        assertThat(raw("GET /healthz HTTP/1.1\r\nA: " + "x".repeat(17_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void several_requests_share_a_connection() throws Exception {
        String first = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
        String last = "GET /readyz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        String both = raw(first + last);
        assertThat(both.split("HTTP/1.1 200 OK", -1)).hasSize(3);
    }

    @Test
    void a_silent_connection_is_closed() throws Exception {
        try (AdminServer impatient = start(Duration.ofMillis(100));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), impatient.port())) {
            socket.setSoTimeout(10_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_failing_page_is_an_error_without_its_innards() throws Exception {
        AdminPages pages = new AdminPages(() -> Readiness.READY, () -> {
            throw new IllegalStateException("innards");
        });
        try (AdminServer broken = AdminServer.start(ANY_PORT, pages, Duration.ofSeconds(10))) {
            HttpResponse<String> response = send(broken, "GET", "/metrics", "");
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).doesNotContain("innards");
        }
    }

    @Test
    void a_taken_port_is_named() {
        HostAndPort taken = new HostAndPort("127.0.0.1", server.port());
        assertThatThrownBy(() -> AdminServer.start(taken, () -> readiness, () -> ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on " + taken);
    }

    @Test
    void a_closed_server_gives_its_port_back() throws IOException {
        HostAndPort freed = new HostAndPort("127.0.0.1", server.port());
        server.close();
        AdminServer.start(freed, () -> readiness, () -> "").close();
    }

    private AdminServer start(Duration idle) throws IOException {
        return AdminServer.start(ANY_PORT, new AdminPages(() -> readiness, () -> "sallyport_sessions 1.0\n"), idle);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(server, method, path, body);
    }

    private static HttpResponse<String> send(AdminServer to, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.port() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
