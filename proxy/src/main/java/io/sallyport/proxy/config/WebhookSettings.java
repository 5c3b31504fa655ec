package io.sallyport.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One place that is told of holds.
 *
 * @param url where it is told, a secret as a rule; of a bot, the base of Slack's API; empty where a file has it
 * @param secretFile the key that bodies are signed with
 * @param tokenFile the token of a bot of Slack, which changes its messages when a hold ends; null without one
 * @param channel where the bot writes
 * @param statement whether the statement's text is told
 * @param allowHttp whether it may cross a network unencrypted
 * @param ca who signs the receiver's certificate; null takes those whom Java trusts
 * @param timeout of one attempt
 * @param retryFor after this long what was not taken is given up
 */
public record WebhookSettings(
        String name,
        WebhookFormat format,
        String url,
        @Nullable Path urlFile,
        @Nullable Path secretFile,
        @Nullable Path tokenFile,
        String channel,
        Set<WebhookEvent> events,
        boolean statement,
        boolean allowHttp,
        @Nullable Path ca,
        Duration timeout,
        Duration retryFor) {
    public static final String SLACK_API = "https://slack.com/api";

    public WebhookSettings {
        events = Set.copyOf(events);
    }

    /** The address is not told. */
    @Override
    public String toString() {
        return "WebhookSettings[" + name + "]";
    }
}
