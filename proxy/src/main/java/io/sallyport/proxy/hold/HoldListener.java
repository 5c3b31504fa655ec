package io.sallyport.proxy.hold;

/** The requester's session; called once, on whatever thread resolved the hold. */
public interface HoldListener {
    void resolved(Hold hold, Resolution resolution);
}
