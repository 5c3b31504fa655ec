package io.sallyport.proxy.hold;

/** Told when holds open and end: metrics, audit. */
public interface HoldObserver {
    void opened(Hold hold);

    /** A vote was added or taken back, and it still waits. */
    default void changed(Hold hold) {}

    void ended(Hold hold, Resolution resolution);
}
