package io.sallyport.proxy.hold;

/** Told when holds open and end: metrics, audit. Those of other replicas have methods of their own. */
public interface HoldObserver {
    void opened(Hold hold);

    /** A vote was added or taken back, and it still waits. */
    default void changed(Hold hold) {}

    void ended(Hold hold, Resolution resolution);

    /** It waits at another replica, which keeps the record of it. */
    default void openedElsewhere(Hold hold) {}

    default void changedElsewhere(Hold hold) {}

    default void endedElsewhere(Hold hold, Resolution resolution) {}

    /** It ended with its replica, which can tell nobody: this one does. */
    default void orphaned(Hold hold, Resolution resolution) {}
}
