package io.sallyport.proxy.audit.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The key that signs checkpoints. */
public final class SigningKey {
    private final PrivateKey key;
    private final VerifyingKey verifying;

    private SigningKey(KeyPair pair) {
        this.key = pair.getPrivate();
        this.verifying = new VerifyingKey(pair.getPublic());
    }

    public static SigningKey generate() {
        return new SigningKey(pair(new SecureRandom()));
    }

    /** From PEM, PKCS #8, not encrypted; the message of what is thrown names the file and what is wrong. */
    public static SigningKey load(Path file) throws IOException {
        byte[] der = KeyFiles.read(file, KeyFiles.PRIVATE);
        try {
            PrivateKey key = KeyFiles.factory().generatePrivate(new PKCS8EncodedKeySpec(der));
            byte[] seed = ((EdECPrivateKey) key)
                    .getBytes()
                    .orElseThrow(() -> new GeneralSecurityException("the key cannot be had from its provider"));
            return new SigningKey(pair(new Seed(seed)));
        } catch (GeneralSecurityException | ClassCastException e) {
            throw KeyFiles.broken(file, KeyFiles.PRIVATE, e);
        }
    }

    /** In Base64. */
    public String sign(String at, long count, String head) {
        try {
            Signature signature = Signature.getInstance(KeyFiles.ALGORITHM);
            signature.initSign(key);
            signature.update(CheckpointText.of(at, count, head));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the checkpoint cannot be signed", e);
        }
    }

    public VerifyingKey verifying() {
        return verifying;
    }

    /** The private key, for its file. */
    public String pem() {
        return KeyFiles.pem(key.getEncoded(), KeyFiles.PRIVATE);
    }

    private static KeyPair pair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(KeyFiles.ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519", e);
        }
    }

    /** Makes the generator find the public key of a private one: Ed25519's private key is the random number itself. */
    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
