package io.sallyport.proxy.it.honest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import java.util.List;
import java.util.Map;

/** A fresh database behind a proxy with the built-in policy that knows, when it closes, whether it has stopped anything. */
final class HonestPlace implements AutoCloseable {
    private final TestServer server;
    private final TestProxy proxy;
    private final String database;

    HonestPlace() {
        this(TestServer.shared());
    }

    HonestPlace(TestServer server) {
        this.server = server;
        this.database = server.freshDatabase();
        // Everything that is stopped shall fail soon and by itself.
        this.proxy = TestProxy.start(server.port(), "built-in", Map.of("hold.expires", "1s"));
    }

    int port() {
        return proxy.port();
    }

    TestProxy proxy() {
        return proxy;
    }

    String database() {
        return database;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** As the superuser and past the proxy. */
    void prepare(String sql) {
        server.run(database, sql);
    }

    String ask(String sql) {
        return server.ask(database, sql);
    }

    private List<String> stopped() {
        return proxy.scrape()
                .lines()
                .filter(line -> line.startsWith("sallyport_statements_total{") || line.startsWith("sallyport_refusals"))
                .filter(line -> !line.contains("decision=\"allow\""))
                .toList();
    }

    @Override
    public void close() {
        try {
            assertThat(stopped()).as("stopped by the built-in policy").isEmpty();
            assertThat(proxy.scrape()).contains("sallyport_statements_total{decision=\"allow\"");
        } finally {
            proxy.close();
        }
    }
}
