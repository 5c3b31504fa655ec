package io.sallyport.proxy.config;

/** How the server is connected to, in the words of libpq's sslmode. */
public enum UpstreamTlsMode {
    DISABLE,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    /** The word of libpq, and of its kin, for it. */
    public String sslmode() {
        return WordType.word(this);
    }

    /** Whether the server's certificate must be signed by somebody who is trusted. */
    public boolean verifies() {
        return this == VERIFY_CA || this == VERIFY_FULL;
    }
}
