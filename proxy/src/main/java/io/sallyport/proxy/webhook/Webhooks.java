package io.sallyport.proxy.webhook;

import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.config.WebhookEvent;
import io.sallyport.proxy.config.WebhookSettings;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.metrics.WebhookMetrics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every webhook of the configuration, told of every hold of this proxy. Sessions and votes never wait for one. */
public final class Webhooks implements HoldObserver, AutoCloseable {
    /** What still waits when the proxy ends is tried once, within this. */
    private static final Duration LAST = Duration.ofSeconds(3);

    private final List<Hook> hooks;
    private final Clock clock;

    private Webhooks(List<Hook> hooks, Clock clock) {
        this.hooks = hooks;
        this.clock = clock;
    }

    /** @throws IOException when a file that a setting names cannot be used; the message says which and why */
    public static Webhooks open(ProxyConfig config, WebhookMetrics metrics, Clock clock) throws IOException {
        return open(config.webhooks(), surroundings(config), Patience.USUAL, Hook.MOST_QUEUED, metrics, clock);
    }

    static Webhooks open(
            List<WebhookSettings> settings,
            Surroundings surroundings,
            Patience patience,
            int mostQueued,
            WebhookMetrics metrics,
            Clock clock)
            throws IOException {
        List<Receivers.Opened> receivers = new ArrayList<>();
        for (WebhookSettings hook : settings) {
            receivers.add(Receivers.open(hook, surroundings, clock));
        }
        List<Hook> hooks = new ArrayList<>();
        for (int i = 0; i < receivers.size(); i++) {
            hooks.add(new Hook(settings.get(i), receivers.get(i), patience, mostQueued, metrics));
        }
        return new Webhooks(List.copyOf(hooks), clock);
    }

    static Surroundings surroundings(ProxyConfig config) {
        return new Surroundings(config.environment(), config.page().url());
    }

    @Override
    public void opened(Hold hold) {
        tell(WebhookEvent.HOLD_OPENED, hold, null);
    }

    @Override
    public void changed(Hold hold) {
        tell(WebhookEvent.HOLD_VOTED, hold, null);
    }

    @Override
    public void ended(Hold hold, Resolution resolution) {
        if (resolution instanceof Resolution.BrokenGlass) {
            tell(WebhookEvent.BREAK_GLASS, hold, resolution);
        }
        tell(WebhookEvent.HOLD_ENDED, hold, resolution);
    }

    /** Its own proxy cannot tell any more; perhaps it did already. */
    @Override
    public void orphaned(Hold hold, Resolution resolution) {
        ended(hold, resolution);
    }

    private void tell(WebhookEvent event, Hold hold, @Nullable Resolution ended) {
        if (!hooks.isEmpty()) {
            HoldNews news = HoldNews.of(event, hold, ended, clock.instant());
            hooks.forEach(hook -> hook.offer(news));
        }
    }

    @Override
    public void close() {
        hooks.forEach(Hook::stop);
        long deadline = System.nanoTime() + LAST.toNanos();
        hooks.forEach(hook -> hook.finish(deadline));
    }
}
