package io.sallyport.proxy.webhook;

import java.util.UUID;

/** News on their way to one receiver, which may get them twice: the id tells. */
final class Delivery {
    private final String id = UUID.randomUUID().toString();
    private final HoldNews news;
    private final long queuedAt = System.nanoTime();
    private int attempts;

    Delivery(HoldNews news) {
        this.news = news;
    }

    String id() {
        return id;
    }

    HoldNews news() {
        return news;
    }

    /** Whose order is kept. */
    String line() {
        return news.code();
    }

    /** By {@link System#nanoTime}. */
    long queuedAt() {
        return queuedAt;
    }

    /** How many there were, with this one. */
    int countAttempt() {
        return ++attempts;
    }

    @Override
    public String toString() {
        return news.event().label() + " of " + news.code();
    }
}
