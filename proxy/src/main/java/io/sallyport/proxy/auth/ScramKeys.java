package io.sallyport.proxy.auth;

/** What proves a role to the server, and the server to us: ClientKey and ServerKey of RFC 5802. */
public final class ScramKeys {
    private final byte[] clientKey;
    private final byte[] serverKey;

    ScramKeys(byte[] clientKey, byte[] serverKey) {
        this.clientKey = clientKey;
        this.serverKey = serverKey;
    }

    /** Slow on purpose (RFC 5802, Hi): never on an event loop. */
    public static ScramKeys derive(String password, byte[] salt, int iterations) {
        byte[] salted = Hashes.hi(PreparedPassword.of(password), salt, iterations);
        return new ScramKeys(
                Hashes.hmac(salted, Hashes.utf8("Client Key")), Hashes.hmac(salted, Hashes.utf8("Server Key")));
    }

    byte[] clientKey() {
        return clientKey;
    }

    byte[] serverKey() {
        return serverKey;
    }

    byte[] storedKey() {
        return Hashes.sha256(clientKey);
    }

    @Override
    public String toString() {
        return "ScramKeys[***]";
    }
}
