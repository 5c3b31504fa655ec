package io.sallyport.proxy.config;

/** The kernel's ways to wait for sockets. */
public enum TransportKind {
    /** The first of the others that works here. */
    AUTO,
    IO_URING,
    EPOLL,
    NIO
}
