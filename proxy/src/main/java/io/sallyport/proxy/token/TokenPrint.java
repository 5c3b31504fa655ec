package io.sallyport.proxy.token;

import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.policies.sql.TokenDigest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The fingerprint of a statement, by which a token knows it. It is stored: what goes into it changes with its version only. */
public final class TokenPrint {
    private static final byte VERSION = 1;

    private TokenPrint() {}

    /** To add the statement's tokens to, and then its parameters, if it has any. */
    public static MessageDigest begin() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(VERSION);
            return digest;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    public static String end(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of a statement without parameters that stands at these places of the text. */
    public static String of(byte[] text, int start, int end, LexerSettings settings) {
        MessageDigest digest = begin();
        TokenDigest.add(text, start, end, settings, digest);
        return end(digest);
    }
}
