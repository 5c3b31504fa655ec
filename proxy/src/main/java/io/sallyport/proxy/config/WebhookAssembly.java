package io.sallyport.proxy.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Puts the webhooks together, and says which of their settings make no sense beside each other. */
final class WebhookAssembly {
    private static final int MOST = 20;

    private final TlsAssembly.Values values;
    private final BiConsumer<Setting<?>, String> problem;

    WebhookAssembly(TlsAssembly.Values values, BiConsumer<Setting<?>, String> problem) {
        this.values = values;
        this.problem = problem;
    }

    List<WebhookSettings> assemble(Set<String> names) {
        List<WebhookSettings> hooks = new ArrayList<>();
        for (String name : names) {
            hooks.add(webhook(name));
            if (hooks.size() == MOST + 1) {
                problem.accept(WebhookKeys.of(name, WebhookKeys.URL), "expected " + MOST + " webhooks at most");
            }
        }
        return List.copyOf(hooks);
    }

    private WebhookSettings webhook(String name) {
        WebhookSettings hook = new WebhookSettings(
                name,
                of(name, WebhookKeys.FORMAT),
                of(name, WebhookKeys.URL),
                of(name, WebhookKeys.URL_FILE).orElse(null),
                of(name, WebhookKeys.SECRET_FILE).orElse(null),
                of(name, WebhookKeys.TOKEN_FILE).orElse(null),
                of(name, WebhookKeys.CHANNEL),
                of(name, WebhookKeys.EVENTS),
                of(name, WebhookKeys.STATEMENT),
                of(name, WebhookKeys.ALLOW_HTTP),
                of(name, WebhookKeys.CA).orElse(null),
                of(name, WebhookKeys.TIMEOUT),
                of(name, WebhookKeys.RETRY_FOR));
        check(hook);
        return hook;
    }

    private void check(WebhookSettings hook) {
        Path token = hook.tokenFile();
        if (!hook.url().isEmpty()) {
            checkUrl(hook);
        }
        if (!hook.url().isEmpty() && hook.urlFile() != null) {
            wrong(hook, WebhookKeys.URL_FILE, "url is given too; expected one of them");
        } else if (hook.url().isEmpty() && hook.urlFile() == null && token == null) {
            wrong(hook, WebhookKeys.URL, "where to? expected url, url_file, or of Slack token_file");
        }
        if (hook.format() == WebhookFormat.JSON && hook.secretFile() == null) {
            wrong(hook, WebhookKeys.SECRET_FILE, "what is sent is signed; expected the file of a secret");
        } else if (hook.format() == WebhookFormat.SLACK && hook.secretFile() != null) {
            wrong(hook, WebhookKeys.SECRET_FILE, "Slack verifies no signature; leave it out");
        }
        if (token != null && hook.format() == WebhookFormat.JSON) {
            wrong(hook, WebhookKeys.TOKEN_FILE, "a bot's token is Slack's; expected format: slack");
        } else if (token != null && hook.channel().isEmpty()) {
            wrong(hook, WebhookKeys.CHANNEL, "where does the bot write? expected a channel's id");
        } else if (token == null && !hook.channel().isEmpty()) {
            wrong(hook, WebhookKeys.CHANNEL, "only a bot chooses it; see token_file");
        }
    }

    private void checkUrl(WebhookSettings hook) {
        try {
            WebhookUrl.parse(hook.url(), hook.allowHttp());
        } catch (IllegalArgumentException why) {
            wrong(hook, WebhookKeys.URL, String.valueOf(why.getMessage()));
        }
    }

    private void wrong(WebhookSettings hook, Setting<?> word, String what) {
        problem.accept(WebhookKeys.of(hook.name(), word), what);
    }

    private <T> T of(String name, Setting<T> word) {
        return values.of(WebhookKeys.of(name, word));
    }
}
