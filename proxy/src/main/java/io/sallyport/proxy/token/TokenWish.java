package io.sallyport.proxy.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells wishes apart: who, where, and which statements, as a digest. */
public record TokenWish(String digest) {
    public static TokenWish of(TokenRequest request) {
        MessageDigest digest = sha256();
        TokenScope scope = request.scope();
        add(digest, scope.requester());
        // Of a shared role, each person's wish is their own.
        add(digest, String.valueOf(request.request().certificate()));
        add(digest, scope.database());
        add(digest, scope.actsAs());
        add(digest, scope.searchPath().toString());
        add(digest, String.valueOf(scope.reading()));
        request.statements().forEach(statement -> add(digest, statement.print()));
        // What it takes is part of it: a grant on milder terms would not do.
        add(digest, request.request().terms().toString());
        return new TokenWish(HexFormat.of().formatHex(digest.digest()));
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
