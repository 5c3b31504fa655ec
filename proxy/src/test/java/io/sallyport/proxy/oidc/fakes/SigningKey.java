package io.sallyport.proxy.oidc.fakes;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Set;

/**
 * A key pair, and how it signs.
 *
 * @param jwk as the issuer publishes it
 */
public record SigningKey(JWK jwk, JWSAlgorithm algorithm, Signer signer) {
    /** Signs what is to be signed. */
    public interface Signer {
        Base64URL sign(JWSHeader header, byte[] content) throws JOSEException, GeneralSecurityException;
    }

    public static SigningKey rsa(String id) {
        return rsa(id, 2048, JWSAlgorithm.RS256);
    }

    public static SigningKey rsa(String id, int bits, JWSAlgorithm algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            JWSSigner signer = new RSASSASigner(pair.getPrivate(), Set.of(AllowWeakRSAKey.getInstance()));
            JWK jwk = new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                    .keyID(id)
                    .build();
            return new SigningKey(jwk, algorithm, signer::sign);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static SigningKey curve(String id, Curve curve, JWSAlgorithm algorithm) {
        try {
            ECKey key = new ECKeyGenerator(curve).keyID(id).generate();
            JWSSigner signer = new ECDSASigner(key);
            return new SigningKey(key.toPublicJWK(), algorithm, signer::sign);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    public static SigningKey ed25519(String id, JWSAlgorithm algorithm) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            JWK jwk = new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(raw))
                    .keyID(id)
                    .build();
            return new SigningKey(jwk, algorithm, (header, content) -> {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(pair.getPrivate());
                signature.update(content);
                return Base64URL.encode(signature.sign());
            });
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The same key, under another algorithm. */
    public SigningKey as(JWSAlgorithm other, Signer another) {
        return new SigningKey(jwk, other, another);
    }

    public String sign(JWTClaimsSet claims) {
        return sign(header().build(), claims);
    }

    public JWSHeader.Builder header() {
        return new JWSHeader.Builder(algorithm).keyID(jwk.getKeyID()).type(JOSEObjectType.JWT);
    }

    public String sign(JWSHeader header, JWTClaimsSet claims) {
        return sign(header, claims.toString());
    }

    /** Signs whatever stands there. */
    public String sign(JWSHeader header, String payload) {
        Base64URL body = Base64URL.encode(payload);
        String content = header.toBase64URL() + "." + body;
        try {
            Base64URL signature = signer.sign(header, content.getBytes(StandardCharsets.US_ASCII));
            return new SignedJWT(header.toBase64URL(), body, signature).serialize();
        } catch (JOSEException | GeneralSecurityException | java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }
}
