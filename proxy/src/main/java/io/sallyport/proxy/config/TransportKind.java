package io.sallyport.proxy.config;

/** The kernel's ways to wait for sockets. */
public enum TransportKind {
    /** epoll where it is, NIO elsewhere. */
    AUTO,
    EPOLL,
    NIO
}
