package io.sallyport.proxy.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one SCRAM-SHA-256 exchange (RFC 5802, RFC 7677), as strict as auth-scram.c:
 *
 * <pre>
 *   client-first   gs2-flag,[authzid],n=…,r=nonce
 *   server-first   r=nonce+ours,s=salt,i=iterations
 *   client-final   c=base64(gs2-header, binding),r=nonce+ours,p=proof
 *   server-final   v=signature
 * </pre>
 */
public final class ScramServer {
    public static final String PLAIN = "SCRAM-SHA-256";
    public static final String PLUS = "SCRAM-SHA-256-PLUS";
    static final String BINDING_TYPE = "tls-server-end-point";

    private final ScramVerifier verifier;
    private final boolean genuine;
    private final byte @Nullable [] binding;
    private final String ownNonce;

    private @Nullable GsHeader header;
    private String firstBare = "";
    private String serverFirst = "";
    private String nonce = "";
    private @Nullable ScramKeys keys;

    /**
     * @param genuine false for a made verifier: every proof fails, at the cost and in the form of a real one
     * @param binding tls-server-end-point of the client's leg; null where it has no TLS, and PLUS is not offered
     */
    public ScramServer(ScramVerifier verifier, boolean genuine, byte @Nullable [] binding, String ownNonce) {
        this.verifier = verifier;
        this.genuine = genuine;
        this.binding = binding;
        this.ownNonce = ownNonce;
    }

    public List<String> mechanisms() {
        return binding == null ? List.of(PLAIN) : List.of(PLUS, PLAIN);
    }

    /** @return server-first */
    public byte[] first(String mechanism, byte[] message) throws ScramException {
        if (header != null || !mechanisms().contains(mechanism)) {
            throw new ScramException(
                    "08P01",
                    LoginFailure.PROTOCOL,
                    "client selected an invalid SASL authentication mechanism",
                    "Offered were " + String.join(", ", mechanisms()) + ".");
        }
        String text = new String(message, ISO_8859_1);
        GsHeader read = GsHeader.read(text, mechanism.equals(PLUS), binding != null);
        header = read;
        firstBare = text.substring(read.text().length());
        nonce = clientNonce(firstBare) + ownNonce;
        serverFirst = "r=" + nonce + ",s=" + base64(verifier.salt()) + ",i=" + verifier.iterations();
        return serverFirst.getBytes(ISO_8859_1);
    }

    /** @return server-final, once the proof holds */
    public byte[] last(byte[] message) throws ScramException {
        GsHeader agreed = header;
        if (agreed == null || keys != null) {
            throw ScramException.malformed("It came out of turn.");
        }
        String text = new String(message, ISO_8859_1);
        int proofAt = text.lastIndexOf(",p=");
        String[] parts = text.split(",", -1);
        if (proofAt < 0 || parts.length < 3 || !parts[0].startsWith("c=") || !parts[1].startsWith("r=")) {
            throw ScramException.malformed("Expected c=…,r=…,p=….");
        }
        checkBinding(agreed, parts[0].substring(2));
        if (!parts[1].substring(2).equals(nonce)) {
            throw ScramException.malformed("Nonce does not match.");
        }
        byte[] proof = decoded(text.substring(proofAt + 3));
        byte[] authMessage = (firstBare + "," + serverFirst + "," + text.substring(0, proofAt)).getBytes(ISO_8859_1);
        // ClientKey = ClientProof xor HMAC(StoredKey, AuthMessage); whoever knows the password hashes to StoredKey.
        Hashes.xor(proof, Hashes.hmac(verifier.storedKey(), authMessage));
        boolean same = MessageDigest.isEqual(Hashes.sha256(proof), verifier.storedKey());
        if (!same || !genuine) {
            throw ScramException.wrongPassword();
        }
        keys = new ScramKeys(proof, verifier.serverKey());
        return ("v=" + base64(Hashes.hmac(verifier.serverKey(), authMessage))).getBytes(ISO_8859_1);
    }

    /** What the client proved to know; null before that. */
    public @Nullable ScramKeys keys() {
        return keys;
    }

    private void checkBinding(GsHeader agreed, String given) throws ScramException {
        byte[] head = agreed.text().getBytes(ISO_8859_1);
        byte[] data = agreed.binds() && binding != null ? binding : new byte[0];
        byte[] expected = new byte[head.length + data.length];
        System.arraycopy(head, 0, expected, 0, head.length);
        System.arraycopy(data, 0, expected, head.length, data.length);
        if (!given.equals(base64(expected))) {
            throw ScramException.binding("SCRAM channel binding check failed", "The client saw another certificate.");
        }
    }

    private static String clientNonce(String bare) throws ScramException {
        String[] parts = bare.split(",", -1);
        if (parts[0].startsWith("m=")) {
            throw ScramException.malformed("Client requires an unsupported SCRAM extension.");
        }
        // The name is ignored, as the server does: the role is the start-up packet's.
        if (parts.length < 2 || !parts[0].startsWith("n=") || !parts[1].startsWith("r=")) {
            throw ScramException.malformed("Expected n=…,r=….");
        }
        String nonce = parts[1].substring(2);
        if (nonce.isEmpty() || !nonce.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw ScramException.malformed("Non-printable characters in SCRAM nonce.");
        }
        return nonce;
    }

    private static byte[] decoded(String proof) throws ScramException {
        try {
            byte[] bytes = Base64.getDecoder().decode(proof);
            if (bytes.length == Hashes.LENGTH) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            throw ScramException.malformed("Malformed proof in client-final-message.");
        }
        throw ScramException.malformed("Malformed proof in client-final-message.");
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "ScramServer[***]";
    }
}
