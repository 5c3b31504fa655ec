package io.sallyport.proxy.webhook;

import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.config.WebhookSettings;
import java.io.IOException;
import java.time.Clock;

/**
 * One attempt to tell a webhook a sample, for who sets it up.
 *
 * @param taken whether the receiver took it
 * @param said in a few words what came of it
 * @param answer the beginning of what the receiver answered; whoever runs it wrote that
 */
public record WebhookTrial(boolean taken, String host, String delivery, String said, String answer) {
    /** @throws IOException when a file that a setting names cannot be used; the message says which and why */
    public static WebhookTrial of(WebhookSettings settings, ProxyConfig config, Clock clock)
            throws IOException, InterruptedException {
        Receivers.Opened opened = Receivers.open(settings, Webhooks.surroundings(config), clock);
        Delivery delivery = new Delivery(HoldNews.sample(clock.instant()));
        Outcome outcome;
        try {
            outcome = opened.receiver().tell(delivery);
        } catch (IOException unreachable) {
            outcome = Outcome.again(Faults.text(unreachable));
        }
        return new WebhookTrial(
                outcome.kind() == Outcome.Kind.TAKEN,
                opened.host(),
                delivery.id(),
                outcome.said(),
                opened.receiver().lastAnswer());
    }
}
