package io.sallyport.proxy.it.wire;

/** What BackendKeyData said; the secret has four bytes in protocol 3.0 and up to 256 in 3.2. */
public final class BackendKey {
    private final int pid;
    private final byte[] secret;

    public BackendKey(int pid, byte[] secret) {
        this.pid = pid;
        this.secret = secret.clone();
    }

    public int pid() {
        return pid;
    }

    public byte[] secret() {
        return secret.clone();
    }

    /** Same process, other secret: what a guesser would send. */
    public BackendKey forged() {
        byte[] other = secret();
        other[other.length - 1] ^= 0x55;
        return new BackendKey(pid, other);
    }
}
