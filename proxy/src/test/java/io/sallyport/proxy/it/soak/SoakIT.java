package io.sallyport.proxy.it.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.tls.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Minutes of everything at once leave nothing behind: {@code -Psoak}, or {@code -Dsoak.minutes=N}; {@code -Dsoak.tls=true} encrypts both legs. */
@EnabledIfSystemProperty(named = "soak.minutes", matches = "\\d+")
final class SoakIT {
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final long HEAP_SLACK = 24L << 20;
    private static final int FEW = 4;
    private static final System.Logger LOG = System.getLogger(SoakIT.class.getName());

    /** Both legs then; {@code -Dsoak.tls=true}. */
    private static final boolean TLS = Boolean.getBoolean("soak.tls");

    private static final String TRANSPORT = System.getProperty("soak.transport", "auto");

    private final Map<String, AtomicLong> done = new ConcurrentHashMap<>();

    @Test
    void minutes_of_mixed_load_leave_nothing_behind(@TempDir(cleanup = CleanupMode.NEVER) Path folder) {
        if (!TLS) {
            minutes(TestServer.shared(), Map.of("transport", TRANSPORT));
            return;
        }
        TestCertificates ours = new TestCertificates(folder, "ours");
        ours.write("proxy", ours.issue("CN=proxy"));
        var bundle = ours.issue("CN=server");
        try (TestServer server =
                TestServer.startWithTls(bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM(), "")) {
            minutes(
                    server,
                    Map.of(
                            "transport", TRANSPORT,
                            "tls.certificate", ours.path("proxy.crt"),
                            "tls.key", ours.path("proxy.key"),
                            "upstream_tls.mode", "verify-ca",
                            "upstream_tls.ca", ours.ca()));
        }
    }

    private void minutes(TestServer server, Map<String, String> settings) {
        LeakReports leaks = LeakReports.listen();
        String database = server.freshDatabase();
        server.run(database, "CREATE TABLE t (i int); CREATE TABLE held (i int); GRANT ALL ON t, held TO PUBLIC");
        try (TestProxy allowing = TestProxy.start(server.port(), "allow", settings);
                TestProxy holding = TestProxy.start(server.port(), "hold", settings)) {
            Load load = new Load(server, allowing, holding, database, TLS);
            run(load, WARM_UP);
            Levels before = settled(allowing, holding, database);
            done.clear();
            run(load, Duration.ofMinutes(Long.getLong("soak.minutes", 10)));
            Levels after = settled(allowing, holding, database);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "soak: {0}, before {1}, after {2}",
                    new TreeMap<>(done),
                    before,
                    after);
            assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + FEW);
            assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + FEW);
            assertThat(after.heapBytes()).isLessThan(before.heapBytes() + HEAP_SLACK);
            assertThat(after.directBytes()).isLessThan(before.directBytes() + HEAP_SLACK);
            assertThat(leaks.reports()).isEmpty();
        }
    }

    /** One thread for each kind of client; the first failure of any is the test's. */
    private void run(Load load, Duration time) {
        Map<String, Consumer<Random>> kinds = Map.of(
                "queries", random -> load.queries(),
                "pipeline", random -> load.pipeline(),
                "copies", random -> load.copies(),
                "cancel", random -> load.cancel(),
                "reset", random -> load.reset(),
                "half open", load::halfOpen,
                "killed", random -> load.killed(),
                "held", load::held);
        long end = System.nanoTime() + time.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(kinds.size());
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            kinds.forEach(
                    (name, kind) -> running.add(CompletableFuture.runAsync(() -> repeat(name, kind, end), threads)));
            CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new))
                    .join();
        } finally {
            threads.shutdownNow();
        }
    }

    private void repeat(String name, Consumer<Random> kind, long end) {
        Random random = new Random(name.hashCode());
        while (System.nanoTime() < end) {
            kind.accept(random);
            done.computeIfAbsent(name, any -> new AtomicLong()).incrementAndGet();
        }
    }

    private static Levels settled(TestProxy allowing, TestProxy holding, String database) {
        try (Approver bob = new Approver(holding, "bob", database)) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(bob::noHolds);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> allowing.sessions() == 0 && holding.sessions() == 0);
        // Sockets whose client does not close them linger for two seconds.
        Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        return Levels.now();
    }
}
