package io.sallyport.proxy.console;

/** Where a session keeps what its requester says about the next held statement. */
public interface ReasonPort {
    void give(String text);
}
