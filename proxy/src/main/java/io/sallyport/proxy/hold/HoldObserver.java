package io.sallyport.proxy.hold;

/** Told when holds open and end: metrics, audit. */
public interface HoldObserver {
    void opened(Hold hold);

    void ended(Hold hold, Resolution resolution);
}
