package io.sallyport.proxy.it.evasion;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** One database full of things to lose, a proxy in front of it, and a superuser who counts them. */
final class Stage implements AutoCloseable {
    static final String INTRUDER = "mallory";
    private static final String SPARE = "spare";

    private final TestServer server = TestServer.shared();
    private final TestProxy proxy = TestProxy.start(server, "built-in");
    private final String database = server.freshDatabase();
    private final String scene = resource("scene.sql");
    private final String rows = resource("rows.sql");
    private final WireClient superuser;
    private WireClient bystander;
    private List<String> pristine = List.of();

    Stage() {
        superuser = WireClient.login(server.port(), "postgres", database);
        direct(resource("stage.sql"));
        bystander = WireClient.connect(server.port());
    }

    /** What there is to lose, all of it in its place. */
    List<String> restored() {
        List<String> now = pristine.isEmpty() ? List.of() : inventory();
        if (!now.equals(pristine) && withoutRows(now).equals(withoutRows(pristine))) {
            direct(rows);
            now = inventory();
        }
        if (now.isEmpty() || !now.equals(pristine)) {
            rebuild();
            now = inventory();
        }
        if (pristine.isEmpty()) {
            pristine = now;
        }
        List<String> strange = new ArrayList<>(now);
        strange.removeAll(pristine);
        assertThat(strange).as("not there at first, and nothing takes it away").isEmpty();
        assertThat(now).as("not all of it is back").isEqualTo(pristine);
        return now;
    }

    private static List<String> withoutRows(List<String> inventory) {
        return inventory.stream().filter(line -> !line.startsWith("row of ")).toList();
    }

    private void rebuild() {
        // With them gone nobody holds locks, and no database is in use.
        direct("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = '" + INTRUDER + "'");
        direct(scene);
        direct(rows);
        if (rows("SELECT 1 FROM pg_database WHERE datname = '" + SPARE + "'").isEmpty()) {
            direct("CREATE DATABASE " + SPARE + " OWNER " + INTRUDER + " STRATEGY file_copy");
        }
        bystander.close();
        bystander = WireClient.connect(server.port());
        bystander.send(Frontend.startup(
                Frontend.PROTOCOL_3_0, "user", INTRUDER, "database", "postgres", "application_name", "bystander"));
        bystander.authenticate(INTRUDER, "");
    }

    /** Waits for the intruder's sessions to end, then lists all that there is to lose. */
    List<String> inventory() {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(3))
                .until(() -> rows("SELECT 1 FROM pg_stat_activity WHERE usename = '" + INTRUDER
                                + "' AND application_name <> 'bystander'")
                        .isEmpty());
        return rows("SELECT stage.inventory()").stream()
                .map(row -> row.get(0))
                .sorted()
                .toList();
    }

    List<List<String>> rows(String sql) {
        return Rows.of(direct(sql));
    }

    /** As superuser, past the proxy. */
    List<ServerMessage> direct(String sql) {
        List<ServerMessage> answer = superuser.query(sql);
        answer.stream().filter(message -> message.type() == 'E').findFirst().ifPresent(error -> {
            throw new AssertionError(error.field('M') + " in: " + sql);
        });
        return answer;
    }

    String database() {
        return database;
    }

    int serverPort() {
        return server.port();
    }

    int proxyPort() {
        return proxy.port();
    }

    private static String resource(String name) {
        try (InputStream in = Stage.class.getResourceAsStream("/evasion/" + name)) {
            if (in == null) {
                throw new AssertionError("no " + name + " among the test resources");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        direct("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = '" + INTRUDER + "'");
        direct("SELECT pg_drop_replication_slot('keep') FROM pg_replication_slots WHERE slot_name = 'keep'");
        bystander.close();
        superuser.close();
        proxy.close();
    }
}
