package io.sallyport.proxy.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a webhook can be told. */
public enum WebhookEvent {
    HOLD_OPENED("hold.opened"),
    /** Somebody approved, or took that back, and it still waits. */
    HOLD_VOTED("hold.voted"),
    HOLD_ENDED("hold.ended"),
    /** A requester released a hold of their own, alone; hold.ended follows. */
    BREAK_GLASS("break_glass"),
    /** Somebody tries the webhook; nobody subscribes to it. */
    TEST("test");

    private static final Set<WebhookEvent> SUBSCRIBED = EnumSet.complementOf(EnumSet.of(TEST));

    private final String label;

    WebhookEvent(String label) {
        this.label = label;
    }

    /** As settings, headers and bodies call it. */
    public String label() {
        return label;
    }

    static String all() {
        return SUBSCRIBED.stream().map(WebhookEvent::label).collect(Collectors.joining(", "));
    }

    static ValueType<Set<WebhookEvent>> list() {
        return new ValueType<>(
                "some of " + all() + ", separated by commas",
                text -> List.of(text.split(",", -1)).stream()
                        .map(word -> named(word.strip()))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static WebhookEvent named(String word) {
        return Arrays.stream(values())
                .filter(event -> SUBSCRIBED.contains(event) && event.label.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + word + "\" is no event"));
    }
}
