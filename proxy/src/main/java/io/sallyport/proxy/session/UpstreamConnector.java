package io.sallyport.proxy.session;

/** Opens the session's server connection and reports back on the session's loop. */
public interface UpstreamConnector {
    void connect(Session session);
}
