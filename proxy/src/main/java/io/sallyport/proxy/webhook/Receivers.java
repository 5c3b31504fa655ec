package io.sallyport.proxy.webhook;

import io.sallyport.proxy.config.WebhookFormat;
import io.sallyport.proxy.config.WebhookSettings;
import io.sallyport.proxy.config.WebhookUrl;
import io.sallyport.proxy.tls.Authority;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Makes receivers of settings. */
final class Receivers {
    private static final int SHORTEST_SECRET = 16;

    /** @param host for the log: the address itself is a secret */
    record Opened(Receiver receiver, String host) {}

    private final WebhookSettings settings;
    private final Surroundings surroundings;
    private final Clock clock;

    private Receivers(WebhookSettings settings, Surroundings surroundings, Clock clock) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.clock = clock;
    }

    /** @throws IOException when a file that a setting names cannot be used; the message says which and why */
    static Opened open(WebhookSettings settings, Surroundings surroundings, Clock clock) throws IOException {
        return new Receivers(settings, surroundings, clock).open();
    }

    private Opened open() throws IOException {
        Http http = new Http(trust(), settings.timeout(), clock);
        Path token = settings.tokenFile();
        if (token != null) {
            URI api = WebhookUrl.parse(
                    settings.url().isEmpty()
                            ? WebhookSettings.SLACK_API
                            : settings.url().replaceAll("/+$", ""),
                    settings.allowHttp());
            Supplier<String> secret = SecretFile.open(setting("token_file"), token, Receivers::token)::value;
            return new Opened(
                    new SlackBot(http, api, secret, settings.channel(), surroundings, settings.statement()),
                    api.getHost());
        }
        Supplier<URI> url = url();
        Receiver receiver = settings.format() == WebhookFormat.SLACK
                ? new SlackWebhook(http, url, surroundings, settings.statement())
                : new JsonReceiver(http, url, key(), surroundings, settings.statement(), clock);
        return new Opened(receiver, url.get().getHost());
    }

    private Supplier<URI> url() throws IOException {
        Path file = settings.urlFile();
        if (file != null) {
            return SecretFile.open(setting("url_file"), file, text -> WebhookUrl.parse(text, settings.allowHttp()))
                    ::value;
        }
        URI url = WebhookUrl.parse(settings.url(), settings.allowHttp());
        return () -> url;
    }

    private Supplier<byte[]> key() throws IOException {
        Path file = Objects.requireNonNull(settings.secretFile());
        return SecretFile.open(setting("secret_file"), file, Receivers::key)::value;
    }

    private static byte[] key(String text) {
        byte[] key = text.getBytes(StandardCharsets.UTF_8);
        if (key.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException("it is too short; expected " + SHORTEST_SECRET + " bytes or more");
        }
        return key;
    }

    /** It becomes part of a header. */
    private static String token(String text) {
        if (!text.matches("[\\x21-\\x7e]{1,500}")) {
            throw new IllegalArgumentException("it is no token; expected one such as xoxb-…");
        }
        return text;
    }

    private @Nullable SSLContext trust() throws IOException {
        try {
            return settings.ca() == null ? null : Authority.of(settings.ca());
        } catch (IOException unusable) {
            throw new IOException(setting("ca") + ": " + settings.ca() + " " + unusable.getMessage(), unusable);
        }
    }

    private String setting(String word) {
        return "webhooks." + settings.name() + "." + word;
    }
}
