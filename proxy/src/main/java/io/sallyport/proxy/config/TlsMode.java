package io.sallyport.proxy.config;

/** Whether clients may, or must, speak TLS. */
public enum TlsMode {
    OFF,
    OPTIONAL,
    REQUIRE
}
