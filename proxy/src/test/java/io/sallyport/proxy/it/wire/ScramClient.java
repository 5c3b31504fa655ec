package io.sallyport.proxy.it.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** SCRAM-SHA-256 without channel binding (RFC 5802, RFC 7677). */
final class ScramClient {
    private static final String NO_BINDING = "n,,";

    private final String password;
    private final String firstBare;
    private String serverSignature = "";

    ScramClient(String password) {
        this.password = password;
        byte[] nonce = new byte[18];
        new SecureRandom().nextBytes(nonce);
        // PostgreSQL ignores the SASL user name and takes the startup message's (auth-scram.c).
        this.firstBare = "n=,r=" + base64(nonce);
    }

    byte[] firstMessage() {
        return bytes(NO_BINDING + firstBare);
    }

    byte[] finalMessage(String serverFirst) {
        Map<Character, String> fields = fields(serverFirst);
        byte[] salt = Base64.getDecoder().decode(fields.getOrDefault('s', ""));
        byte[] salted = hi(salt, Integer.parseInt(fields.getOrDefault('i', "0")));
        String withoutProof = "c=" + base64(bytes(NO_BINDING)) + ",r=" + fields.get('r');
        String authMessage = firstBare + "," + serverFirst + "," + withoutProof;
        byte[] clientKey = hmac(salted, "Client Key");
        byte[] proof = hmac(sha256(clientKey), authMessage);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        serverSignature = base64(hmac(hmac(salted, "Server Key"), authMessage));
        return bytes(withoutProof + ",p=" + base64(proof));
    }

    void verify(String serverFinal) {
        if (!serverFinal.equals("v=" + serverSignature)) {
            throw new AssertionError("server does not know the verifier: " + serverFinal);
        }
    }

    private static Map<Character, String> fields(String message) {
        Map<Character, String> fields = new HashMap<>();
        for (String field : message.split(",", -1)) {
            fields.put(field.charAt(0), field.substring(2));
        }
        return fields;
    }

    private byte[] hi(byte[] salt, int iterations) {
        try {
            PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, 256);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] value) {
        return Base64.getEncoder().encodeToString(value);
    }
}
