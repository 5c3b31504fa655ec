package io.sallyport.proxy.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The functions that RFC 5802 names: HMAC, H and Hi, over SHA-256. */
final class Hashes {
    static final int LENGTH = 32;
    private static final String HMAC = "HmacSHA256";

    private Hashes() {}

    static byte[] hmac(byte[] key, byte[] data) {
        return mac(key).doFinal(data);
    }

    static byte[] sha256(byte[] data) {
        return digest("SHA-256", data);
    }

    /** PBKDF2 with one block. It takes milliseconds: never on an event loop. */
    static byte[] hi(byte[] password, byte[] salt, int iterations) {
        Mac mac = mac(password);
        mac.update(salt);
        byte[] last = mac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] result = last.clone();
        for (int i = 1; i < iterations; i++) {
            last = mac.doFinal(last);
            xor(result, last);
        }
        return result;
    }

    static void xor(byte[] target, byte[] other) {
        for (int i = 0; i < target.length; i++) {
            target[i] ^= other[i];
        }
    }

    static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server's md5 method: {@code md5} and the hash of the stored hash and the salt (crypt.c). */
    static byte[] md5Answer(String password, String role, byte[] salt) {
        byte[] stored = hex(digest("MD5", utf8(password), utf8(role)));
        return utf8("md5" + new String(hex(digest("MD5", stored, salt)), StandardCharsets.US_ASCII));
    }

    private static byte[] hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            // A key of no bytes and one of a zero byte are the same to HMAC; the JDK takes only the second.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
