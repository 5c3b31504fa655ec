package io.sallyport.proxy.it.server;

import io.sallyport.proxy.it.wire.WireClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL for the control database alone, which can be stopped and started again. */
public final class ControlServer implements AutoCloseable {
    private final Path data;
    private EmbeddedPostgres postgres;

    public ControlServer(Path folder) {
        this.data = folder.resolve("control");
        this.postgres = start(null);
    }

    private EmbeddedPostgres start(@Nullable Integer port) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "off");
            return (port == null ? builder : builder.setPort(port)).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a proxy that keeps its holds here. */
    public Map<String, String> settings(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(others);
        all.put("control.url", url());
        all.put("control.user", "postgres");
        return all;
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    public int port() {
        return postgres.getPort();
    }

    public void run(String sql) {
        try (WireClient client = WireClient.login(postgres.getPort(), "postgres", "postgres")) {
            client.query(sql).stream()
                    .filter(message -> message.type() == 'E')
                    .findFirst()
                    .ifPresent(error -> {
                        throw new AssertionError(error.field('M') + " in: " + sql);
                    });
        }
    }

    /** The first value of the answer; empty for NULL. */
    public String ask(String sql) {
        try (WireClient client = WireClient.login(postgres.getPort(), "postgres", "postgres")) {
            return Rows.of(client.query(sql)).get(0).get(0);
        }
    }

    public void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void startAgain() {
        postgres = start(postgres.getPort());
    }

    @Override
    public void close() {
        stop();
    }
}
