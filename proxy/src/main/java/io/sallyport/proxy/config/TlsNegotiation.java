package io.sallyport.proxy.config;

/** How TLS begins on the way to the server: behind an SSLRequest, or at once (PostgreSQL 17 and newer). */
public enum TlsNegotiation {
    POSTGRES,
    DIRECT
}
