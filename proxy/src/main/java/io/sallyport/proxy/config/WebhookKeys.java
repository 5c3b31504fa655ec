package io.sallyport.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of one webhook, each written as {@code webhooks.NAME.word}: the only ones whose keys are not known beforehand. */
final class WebhookKeys {
    static final String GROUP = "webhooks";
    static final String FORM = "webhooks.NAME.";

    static final Setting<WebhookFormat> FORMAT = word("format", WordType.of(WebhookFormat.class), "json");
    static final Setting<String> URL = word("url", ValueTypes.label(2_000), "");
    static final Setting<Optional<Path>> URL_FILE = word("url_file", ValueTypes.file(), "");
    static final Setting<Optional<Path>> SECRET_FILE = word("secret_file", ValueTypes.file(), "");
    static final Setting<Optional<Path>> TOKEN_FILE = word("token_file", ValueTypes.file(), "");
    static final Setting<String> CHANNEL = word("channel", ValueTypes.label(80), "");
    static final Setting<Set<WebhookEvent>> EVENTS = word("events", WebhookEvent.list(), WebhookEvent.all());
    static final Setting<Boolean> STATEMENT = word("statement", ValueTypes.word("off", "on"), "on");
    static final Setting<Boolean> ALLOW_HTTP = word("allow_http", ValueTypes.flag(), "false");
    static final Setting<Optional<Path>> CA = word("ca", ValueTypes.file(), "");
    static final Setting<Duration> TIMEOUT = word("timeout", ValueTypes.duration("100ms", "1m"), "10s");
    static final Setting<Duration> RETRY_FOR = word("retry_for", ValueTypes.duration("0", "1d"), "10m");

    static final List<Setting<?>> WORDS = List.of(
            FORMAT,
            URL,
            URL_FILE,
            SECRET_FILE,
            TOKEN_FILE,
            CHANNEL,
            EVENTS,
            STATEMENT,
            ALLOW_HTTP,
            CA,
            TIMEOUT,
            RETRY_FOR);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final Pattern KEY = Pattern.compile(GROUP + "\\.(" + NAME.pattern() + ")\\.(\\w+)");
    private static final String VARIABLE = Setting.PREFIX + "WEBHOOKS_";

    private WebhookKeys() {}

    private static <T> Setting<T> word(String word, ValueType<T> type, String defaultText) {
        return new Setting<>(word, type, defaultText);
    }

    /** The same setting of the webhook of that name. */
    static <T> Setting<T> of(String name, Setting<T> word) {
        return new Setting<>(GROUP + "." + name + "." + word.key(), word.type(), word.defaultText());
    }

    static boolean isKnown(String key) {
        Matcher parts = KEY.matcher(key);
        return parts.matches() && words().contains(parts.group(2));
    }

    /** Whether it is {@code webhooks}, or a webhook's name behind it. */
    static boolean isGroup(String key) {
        return key.equals(GROUP)
                || (key.startsWith(GROUP + ".")
                        && NAME.matcher(key.substring(GROUP.length() + 1)).matches());
    }

    /** The webhooks that these keys name, in the order of the alphabet. */
    static Set<String> names(Collection<String> keys) {
        Set<String> names = new TreeSet<>();
        for (String key : keys) {
            Matcher parts = KEY.matcher(key);
            if (parts.matches()) {
                names.add(parts.group(1));
            }
        }
        return names;
    }

    /** The key of {@code SALLYPORT_WEBHOOKS_OPS_URL}; a name may have underscores, so the longest word at the end counts. */
    static Optional<String> ofVariable(String variable) {
        if (!variable.startsWith(VARIABLE)) {
            return Optional.empty();
        }
        String rest = variable.substring(VARIABLE.length()).toLowerCase(Locale.ROOT);
        return words().stream()
                .filter(word -> rest.endsWith("_" + word))
                .max((a, b) -> a.length() - b.length())
                .map(word -> GROUP + "." + rest.substring(0, rest.length() - word.length() - 1) + "." + word)
                .filter(WebhookKeys::isKnown);
    }

    /** What is said behind "unknown setting"; empty where it is none of a webhook. */
    static Optional<String> suggestion(String key) {
        if (!key.startsWith(GROUP + ".")) {
            return Optional.empty();
        }
        Matcher parts = KEY.matcher(key);
        return Optional.of(
                parts.matches()
                        ? Spelling.nearest(parts.group(2), words())
                                .map(word -> "; did you mean " + GROUP + "." + parts.group(1) + "." + word + "?")
                                .orElse("; a webhook has " + String.join(", ", words()))
                        : "; expected " + FORM + "url, where NAME begins with a letter and has small letters,"
                                + " digits and _, 32 at most");
    }

    private static List<String> words() {
        return WORDS.stream().map(Setting::key).toList();
    }
}
