package io.sallyport.proxy.webhook;

import io.sallyport.proxy.config.ConfigException;
import io.sallyport.proxy.config.ConfigReader;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldFixture;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.hold.MemoryHoldStore;
import io.sallyport.proxy.metrics.ProxyMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Webhooks that are in a hurry, and holds that they are told of. */
final class Fixture implements AutoCloseable {
    static final String SECRET = "f00d-1234567890-secret";
    static final Patience HURRY = new Patience(Duration.ofMillis(20), Duration.ofMillis(60));

    final ProxyMetrics metrics = new ProxyMetrics();
    final Webhooks webhooks;
    final Holds holds;

    /** @param settings of the webhook `ops`, such as `format` → `slack` */
    Fixture(Map<String, String> settings, int mostQueued) {
        try {
            ProxyConfig config = config(settings);
            webhooks = Webhooks.open(
                    config.webhooks(),
                    Webhooks.surroundings(config),
                    HURRY,
                    mostQueued,
                    metrics.webhooks(),
                    Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        holds = new Holds(Clock.systemUTC(), Duration.ofMinutes(10), webhooks, new MemoryHoldStore());
    }

    Fixture(Map<String, String> settings) {
        this(settings, Hook.MOST_QUEUED);
    }

    static ProxyConfig config(Map<String, String> settings) {
        Map<String, String> options = new HashMap<>(
                Map.of("upstream", "db1", "environment", "production", "page.url", "https://sallyport.example"));
        settings.forEach((word, value) -> options.put("webhooks.ops." + word, value));
        try {
            return ConfigReader.read(null, Map.of(), options);
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    /** Signed JSON to an inbox. */
    static Map<String, String> json(Inbox inbox, Path folder) {
        return new HashMap<>(Map.of("url", inbox.url() + "/very-secret-path", "secret_file", file(folder, SECRET)));
    }

    static String file(Path folder, String text) {
        try {
            return Files.writeString(Files.createTempFile(folder, "secret", ""), text + "\n")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Hold open() {
        return open(HoldFixture.REQUEST);
    }

    Hold open(HoldRequest request) {
        return holds.open(request, null, (hold, resolution) -> {});
    }

    /** The value of a metric of the webhook, 0 where it is not shown. */
    double metric(String name, String label) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith("sallyport_webhook_" + name + "{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        webhooks.close();
        metrics.close();
    }
}
