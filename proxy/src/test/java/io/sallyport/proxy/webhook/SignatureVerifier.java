package io.sallyport.proxy.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What docs/webhooks.md tells receivers to do. */
final class SignatureVerifier {
    private SignatureVerifier() {}

    // docs/webhooks.md: begin
    private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");

    static boolean isGenuine(byte[] secret, String header, byte[] body, long now) throws GeneralSecurityException {
        Matcher signature = SIGNATURE.matcher(header);
        if (!signature.matches() || Math.abs(now - Long.parseLong(signature.group(1))) > 300) {
            return false;
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        mac.update((signature.group(1) + ".").getBytes(StandardCharsets.US_ASCII));
        byte[] given = HexFormat.of().parseHex(signature.group(2));
        return MessageDigest.isEqual(mac.doFinal(body), given);
    }
    // docs/webhooks.md: end
}
