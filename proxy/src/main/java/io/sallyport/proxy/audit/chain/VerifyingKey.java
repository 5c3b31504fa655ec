package io.sallyport.proxy.audit.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The key that proves checkpoints. */
public final class VerifyingKey {
    private static final int ID_LENGTH = 16;

    private final PublicKey key;

    VerifyingKey(PublicKey key) {
        this.key = key;
    }

    /** From PEM; the message of what is thrown names the file and what is wrong. */
    public static VerifyingKey load(Path file) throws IOException {
        byte[] der = KeyFiles.read(file, KeyFiles.PUBLIC);
        try {
            return new VerifyingKey(KeyFiles.factory().generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            throw KeyFiles.broken(file, KeyFiles.PUBLIC, e);
        }
    }

    /** Names the key in checkpoints: the beginning of the SHA-256 of its DER form. */
    public String id() {
        byte[] der = key.getEncoded();
        return Digests.sha256(der, 0, der.length).substring(0, ID_LENGTH);
    }

    public String pem() {
        return KeyFiles.pem(key.getEncoded(), KeyFiles.PUBLIC);
    }

    /** False too for what is no signature at all. */
    public boolean proves(String signature, String at, long count, String head) {
        try {
            Signature check = Signature.getInstance(KeyFiles.ALGORITHM);
            check.initVerify(key);
            check.update(CheckpointText.of(at, count, head));
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
