package io.sallyport.proxy.audit.chain;

import io.sallyport.proxy.config.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ed25519 keys in PEM (RFC 7468, RFC 8410), as OpenSSL reads and writes them. */
final class KeyFiles {
    static final String ALGORITHM = "Ed25519";
    static final String PRIVATE = "PRIVATE KEY";
    static final String PUBLIC = "PUBLIC KEY";

    private KeyFiles() {}

    /** The bytes of the first block of that name. */
    static byte[] read(Path file, String block) throws IOException {
        String text;
        try {
            text = new String(SmallFile.read(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException(file + " " + e.getMessage(), e);
        }
        Matcher found = Pattern.compile("-----BEGIN " + block + "-----([A-Za-z0-9+/=\\s]*)-----END " + block + "-----")
                .matcher(text);
        if (!found.find()) {
            throw new IOException(file + " holds no key; expected PEM, -----BEGIN " + block + "-----");
        }
        try {
            return Base64.getMimeDecoder().decode(found.group(1));
        } catch (IllegalArgumentException e) {
            throw broken(file, block, e);
        }
    }

    static String pem(byte[] der, String block) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + block + "-----\n" + body + "\n-----END " + block + "-----\n";
    }

    static KeyFactory factory() throws NoSuchAlgorithmException {
        return KeyFactory.getInstance(ALGORITHM);
    }

    static IOException broken(Path file, String block, Exception cause) {
        return new IOException(file + " is no Ed25519 " + block.toLowerCase(Locale.ROOT), cause);
    }
}
