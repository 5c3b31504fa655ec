package io.sallyport.proxy.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A receiver of webhooks on loopback: keeps what it gets, answers as it was told to. */
public final class Inbox implements AutoCloseable {
    /** What came, and how. */
    public record Letter(
            String path, String signature, String delivery, String event, String authorization, byte[] body) {
        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** How one request is answered. */
    public interface Reaction {
        void to(HttpExchange exchange, Letter letter) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Letter> letters = new CopyOnWriteArrayList<>();
    private final Queue<Reaction> reactions = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Reaction usual = answer(200, "ok");

    public Inbox() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Letter letter = new Letter(
                exchange.getRequestURI().getPath(),
                header(exchange, "Sallyport-Signature"),
                header(exchange, "Sallyport-Delivery"),
                header(exchange, "Sallyport-Event"),
                header(exchange, "Authorization"),
                body);
        letters.add(letter);
        Reaction next = reactions.poll();
        (next == null ? usual : next).to(exchange, letter);
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next request is answered so; may be said several times, for those after it. */
    public Inbox next(Reaction reaction) {
        reactions.add(reaction);
        return this;
    }

    /** Every request is, for which nothing else was said. */
    public Inbox always(Reaction reaction) {
        usual = reaction;
        return this;
    }

    public static Reaction answer(int status, String body, String... headers) {
        return (exchange, letter) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** Takes the request, and never answers. */
    public Reaction hangs() {
        return (exchange, letter) -> {
            try {
                closed.await();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
    }

    public List<Letter> letters() {
        return new ArrayList<>(letters);
    }

    public List<String> events() {
        return letters.stream().map(Letter::event).toList();
    }

    /** Once there are so many. */
    public List<Letter> await(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> letters.size() >= count);
        return letters();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
