package io.sallyport.proxy.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The client's side of one SCRAM-SHA-256 exchange, with which Sallyport logs in to the server. */
public final class ScramClient {
    private static final Pattern SERVER_FIRST =
            Pattern.compile("r=([!-+\\--~]+),s=([A-Za-z0-9+/]+={0,2}),i=([0-9]{1,8})(,.*)?");

    private final String header;
    private final byte[] binding;
    private final String nonce;
    private String serverFirst = "";
    private byte @Nullable [] signature;
    private boolean verified;

    /**
     * @param binding tls-server-end-point of the server's leg, where the server offers PLUS; else null
     * @param encrypted whether TLS runs: then a server that offers no PLUS is told that we would have bound, so that
     *     nobody in between can have removed it
     */
    public ScramClient(byte @Nullable [] binding, boolean encrypted, String nonce) {
        this.header = binding != null ? "p=" + ScramServer.BINDING_TYPE + ",," : encrypted ? "y,," : "n,,";
        this.binding = binding == null ? new byte[0] : binding;
        this.nonce = nonce;
    }

    public byte[] first() {
        // The server takes the role of the start-up packet (auth-scram.c).
        return (header + firstBare()).getBytes(ISO_8859_1);
    }

    private String firstBare() {
        return "n=,r=" + nonce;
    }

    /** What the server says of its verifier; to be derived from, off the loop, where there is a password. */
    public record Challenge(Salt salt, int iterations, String nonce) {}

    /** A salt as the server stores it. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Salt(byte[] bytes) {}

    /** Whether a password may answer it; fewer rounds than the RFC wants are for those who chose so. */
    public static boolean enough(Challenge challenge, int chosen) {
        return challenge.iterations() >= Math.min(chosen, ScramVerifier.LEAST_ITERATIONS);
    }

    public Challenge challenge(byte[] message) throws ScramException {
        if (!serverFirst.isEmpty()) {
            throw ScramException.server("the server sent a second SCRAM challenge");
        }
        serverFirst = new String(message, ISO_8859_1);
        Matcher parts = SERVER_FIRST.matcher(serverFirst);
        if (!parts.matches()
                || !parts.group(1).startsWith(nonce)
                || parts.group(1).length() == nonce.length()) {
            throw ScramException.server("the server's SCRAM message is malformed");
        }
        int iterations = Integer.parseInt(parts.group(3));
        if (iterations < 1 || iterations > ScramVerifier.MOST_ITERATIONS) {
            throw ScramException.server("the server asks for an unreasonable number of SCRAM iterations");
        }
        try {
            return new Challenge(new Salt(Base64.getDecoder().decode(parts.group(2))), iterations, parts.group(1));
        } catch (IllegalArgumentException notBase64) {
            throw ScramException.server("the server's SCRAM message is malformed");
        }
    }

    public byte[] last(Challenge challenge, ScramKeys keys) {
        byte[] head = header.getBytes(ISO_8859_1);
        byte[] bound = new byte[head.length + binding.length];
        System.arraycopy(head, 0, bound, 0, head.length);
        System.arraycopy(binding, 0, bound, head.length, binding.length);
        String withoutProof = "c=" + ScramServer.base64(bound) + ",r=" + challenge.nonce();
        byte[] authMessage = (firstBare() + "," + serverFirst + "," + withoutProof).getBytes(ISO_8859_1);
        byte[] proof = Hashes.hmac(keys.storedKey(), authMessage);
        Hashes.xor(proof, keys.clientKey());
        signature = Hashes.hmac(keys.serverKey(), authMessage);
        return (withoutProof + ",p=" + ScramServer.base64(proof)).getBytes(ISO_8859_1);
    }

    /** The server shows that it knows the verifier too. */
    public void verify(byte[] serverFinal) throws ScramException {
        byte[] expected = signature;
        if (expected == null
                || !MessageDigest.isEqual(("v=" + ScramServer.base64(expected)).getBytes(ISO_8859_1), serverFinal)) {
            throw ScramException.server("the server's SCRAM signature is wrong: it does not know the role's verifier");
        }
        verified = true;
    }

    public boolean verified() {
        return verified;
    }
}
