package io.sallyport.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/metrics.md lists exactly what /metrics shows. */
class MetricsPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(sallyport_\\w+)` \\| (\\w+) \\|");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\w+)$");

    @Test
    void the_page_and_the_registry_list_the_same_metrics() throws IOException {
        Map<String, String> shown = matches(TYPE, everything());
        shown.keySet().removeIf(name -> !name.startsWith("sallyport_"));
        assertThat(matches(ROW, page())).isEqualTo(shown);
    }

    @Test
    void every_other_metric_has_its_prefix_on_the_page() throws IOException {
        String page = page();
        assertThat(matches(TYPE, everything()).keySet())
                .contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "jvm_gc_live_data_size_bytes")
                .allMatch(name -> page.contains("`" + name.substring(0, name.indexOf('_')) + "_…`")
                        || name.startsWith("sallyport_"));
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "metrics.md"));
    }

    private static String everything() {
        try (ProxyMetrics metrics = new ProxyMetrics()) {
            metrics.statementDecided("hold", "a rule");
            metrics.holdOpened();
            metrics.holdEnded("approved", Duration.ofSeconds(1));
            metrics.statementObserved("hold", "a rule");
            metrics.delayEnded("run");
            metrics.confirmation("asked");
            metrics.token("used");
            metrics.estimated("told");
            metrics.effects("held");
            metrics.safetyNet("restore_point", "ok");
            metrics.undone("undone");
            metrics.accessToken("made");
            metrics.refused("42501");
            metrics.loginFailed("wrong_password");
            metrics.connectionRefused("connections");
            metrics.protocolViolation("client");
            metrics.watchControl(() -> true, () -> 0, () -> 1);
            metrics.webhooks().of("ops", () -> 0);
            metrics.countWatchers(() -> 0);
            metrics.budgets().watch(() -> 0);
            metrics.watchAudit(() -> Duration.ZERO, () -> true);
            return metrics.scrape();
        }
    }

    private static Map<String, String> matches(Pattern pattern, String text) {
        Map<String, String> found = new TreeMap<>();
        pattern.matcher(text).results().forEach(m -> found.put(m.group(1), m.group(2)));
        return found;
    }
}
