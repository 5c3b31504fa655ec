package io.sallyport.proxy.oidc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Ties a sign-in to the browser that began it. All that is given out is derived from what that browser keeps, with a
 * key of this process: whoever only begins sign-ins fills no memory here, and nobody can make a pair up. What came
 * back once counts no more.
 */
final class FlowSecrets {
    static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_USED = 10_000;
    private static final int BYTES = 32;
    private static final String KEPT = "[A-Za-z0-9_-]{43}\\.[0-9]{1,11}";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What goes where. */
    enum Part {
        /** To the issuer and back, by the browser's address. */
        STATE,
        /** Into the token. */
        NONCE,
        /** To the issuer at the end; at the beginning only its hash (RFC 7636). */
        VERIFIER
    }

    private final byte[] key = random();
    private final Clock clock;
    /** The oldest first: that one makes room. The issuer too takes each code once. */
    private final Map<String, Instant> used = new LinkedHashMap<>();

    FlowSecrets(Clock clock) {
        this.clock = clock;
    }

    /** What the browser keeps, and no script reads. */
    String begin() {
        return encode(random()) + "." + clock.instant().getEpochSecond();
    }

    String part(Part part, String kept) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return encode(mac.doFinal((part.name() + "|" + kept).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether this state was made for what the browser keeps, lately; true once. */
    synchronized boolean ends(String kept, String state) {
        if (!kept.matches(KEPT) || !same(part(Part.STATE, kept), state)) {
            return false;
        }
        Instant now = clock.instant();
        Instant begun = Instant.ofEpochSecond(Long.parseLong(kept.substring(kept.indexOf('.') + 1)));
        used.values().removeIf(at -> at.plus(LONGEST).isBefore(now));
        if (begun.plus(LONGEST).isBefore(now) || used.putIfAbsent(kept, now) != null) {
            return false;
        }
        if (used.size() > MOST_USED) {
            used.remove(used.keySet().iterator().next());
        }
        return true;
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
