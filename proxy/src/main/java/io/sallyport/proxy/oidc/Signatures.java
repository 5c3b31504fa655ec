package io.sallyport.proxy.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.ProofRefused;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.List;
import java.util.Set;

/** Whether the issuer signed a token. Only what asymmetric keys sign counts: who can verify cannot sign. */
final class Signatures {
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA,
            JWSAlgorithm.Ed25519);
    /** Tokens for other ends are signed with the same keys (RFC 8725, section 3.11). */
    private static final Set<JOSEObjectType> TYPES =
            Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"));

    private static final int LEAST_RSA_BITS = 2048;

    private final Issuer issuer;
    private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

    Signatures(Issuer issuer) {
        this.issuer = issuer;
    }

    /** What a token claims, once its signature is the issuer's. Nothing else is checked. */
    JWTClaimsSet verified(String token) throws ProofRefused {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            require(jwt.getHeader());
            for (JWK key : keys(jwt.getHeader())) {
                if (verifies(jwt, key)) {
                    return jwt.getJWTClaimsSet();
                }
            }
        } catch (ParseException | RuntimeException broken) {
            // Its message would repeat what was sent.
            throw refused("it is no signed JWT (RFC 7519)");
        }
        throw refused("its signature is not the issuer's");
    }

    private static void require(JWSHeader header) throws ProofRefused {
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw refused("expected a signature by RS256 to 512, PS256 to 512, ES256 to 512 or EdDSA");
        }
        if (header.getType() != null && !TYPES.contains(header.getType())) {
            throw refused("its type (typ) is for another end; expected JWT or at+jwt");
        }
        if (header.getCriticalParams() != null) {
            throw refused("it asks for what is not understood (crit)");
        }
    }

    private List<JWK> keys(JWSHeader header) throws ProofRefused {
        List<JWK> keys = issuer.keys(new JWKSelector(JWKMatcher.forJWSHeader(header)));
        if (keys.isEmpty()) {
            throw refused("the issuer has no key of its key id (kid) and algorithm (alg)");
        }
        return keys;
    }

    private boolean verifies(SignedJWT jwt, JWK key) {
        try {
            if (key instanceof OctetKeyPair pair) {
                return jwt.verify(new Ed25519Check(pair));
            } else if (key instanceof ECKey curve) {
                return jwt.verify(verifiers.createJWSVerifier(jwt.getHeader(), curve.toECPublicKey()));
            } else if (key instanceof RSAKey rsa) {
                RSAPublicKey plain = rsa.toRSAPublicKey();
                return plain.getModulus().bitLength() >= LEAST_RSA_BITS
                        && jwt.verify(verifiers.createJWSVerifier(jwt.getHeader(), plain));
            }
            return false;
        } catch (JOSEException unfit) {
            return false;
        }
    }

    private static ProofRefused refused(String why) {
        return new ProofRefused(LoginFailure.TOKEN, "the token is refused: " + why);
    }
}
