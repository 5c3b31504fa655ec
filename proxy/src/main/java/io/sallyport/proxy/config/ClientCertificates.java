package io.sallyport.proxy.config;

/** Whether a client is asked for a certificate. One that is shown is always verified. */
public enum ClientCertificates {
    NONE,
    OPTIONAL,
    REQUIRE
}
