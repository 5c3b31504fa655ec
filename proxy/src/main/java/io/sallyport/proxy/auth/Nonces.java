package io.sallyport.proxy.auth;

import java.security.SecureRandom;

/** SCRAM nonces: 18 random bytes, as the server and libpq take. */
public final class Nonces {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Nonces() {}

    public static String next() {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return ScramServer.base64(bytes);
    }
}
