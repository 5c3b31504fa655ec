package io.sallyport.proxy.admin.http;

/** One reader of events; whoever reads too slowly is disconnected, and comes again. */
public interface EventSink {
    /** @param json one line */
    void send(String event, String json);

    void close();

    void onClose(Runnable action);
}
