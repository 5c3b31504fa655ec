package io.sallyport.proxy.audit.chain;

/**
 * How far a chain has come: the number and the hash of its last line.
 *
 * @param hash SHA-256 in hexadecimal digits
 */
public record ChainHead(long seq, String hash) {
    /** Before the first line. */
    public static final ChainHead NONE = new ChainHead(0, "0".repeat(Digests.HEX_LENGTH));
}
