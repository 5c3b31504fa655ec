package io.sallyport.proxy.oidc;

import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.ProofRefused;
import io.sallyport.proxy.config.OidcSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Signs a browser in at the issuer: the authorization code flow (OpenID Connect Core, section 3.1), with PKCE. */
public final class CodeFlow {
    /** Longer than any. */
    private static final int LONGEST_TOKEN = 64 << 10;

    /**
     * Where the browser goes.
     *
     * @param kept what it keeps meanwhile: a secret of it and this server
     */
    public record Begun(String address, String kept) {
        @Override
        public String toString() {
            return "Begun";
        }
    }

    /**
     * What the browser came back with.
     *
     * @param issuer who sent it, where that is told (RFC 9207); else empty
     */
    public record Returned(String kept, String state, String code, String issuer) {
        @Override
        public String toString() {
            return "Returned";
        }
    }

    /** Who a token is about, if it is for this recipient. */
    interface Reader {
        Proven person(String token, Recipient recipient) throws ProofRefused;
    }

    private final OidcSettings.SignIn settings;
    private final String issuerName;
    private final Issuer issuer;
    private final TokenDesk desk;
    private final Reader reader;
    private final FlowSecrets secrets;

    CodeFlow(
            OidcSettings settings,
            OidcSettings.SignIn page,
            Issuer issuer,
            TokenDesk desk,
            Reader reader,
            FlowSecrets secrets) {
        this.settings = page;
        this.issuerName = settings.issuer();
        this.issuer = issuer;
        this.desk = desk;
        this.reader = reader;
        this.secrets = secrets;
    }

    /** What people call the issuer. */
    public String name() {
        return settings.name();
    }

    /** The page, which is where every sign-in ends. */
    public String page() {
        return settings.redirect().substring(0, settings.redirect().length() - OidcSettings.SignIn.CALLBACK.length());
    }

    /** Blocks where the issuer has to be asked where to go. */
    public Begun begin() throws ProofRefused {
        URI endpoint = issuer.metadata().authorization();
        if (endpoint == null) {
            throw new ProofRefused(LoginFailure.ISSUER, "the issuer names no authorization_endpoint");
        }
        String kept = secrets.begin();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", settings.clientId());
        query.put("redirect_uri", settings.redirect());
        query.put("scope", settings.scopes());
        query.put("state", secrets.part(FlowSecrets.Part.STATE, kept));
        query.put("nonce", secrets.part(FlowSecrets.Part.NONCE, kept));
        query.put("code_challenge", hash(secrets.part(FlowSecrets.Part.VERIFIER, kept)));
        query.put("code_challenge_method", "S256");
        String own = endpoint.getRawQuery();
        return new Begun(endpoint + (own == null ? "?" : "&") + joined(query), kept);
    }

    /** Blocks. */
    public Proven finish(Returned returned) throws ProofRefused {
        if (!secrets.ends(returned.kept(), returned.state())) {
            throw new ProofRefused(
                    LoginFailure.SIGN_IN, "this sign-in was not begun here, or too long ago, or ended before");
        }
        if (!returned.issuer().isEmpty() && !returned.issuer().equals(issuerName)) {
            throw new ProofRefused(LoginFailure.SIGN_IN, "another issuer answers (iss)");
        }
        if (returned.code().isEmpty()) {
            throw new ProofRefused(LoginFailure.SIGN_IN, "the issuer has not signed anybody in");
        }
        String verifier = secrets.part(FlowSecrets.Part.VERIFIER, returned.kept());
        String token = desk.redeem(issuer.metadata(), returned.code(), verifier);
        if (token.length() > LONGEST_TOKEN) {
            throw new ProofRefused(LoginFailure.TOKEN, "the issuer's token is too long");
        }
        String nonce = secrets.part(FlowSecrets.Part.NONCE, returned.kept());
        return reader.person(token, new Recipient(settings.clientId(), Set.of(settings.clientId()), nonce));
    }

    private static String joined(Map<String, String> query) {
        return query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + TokenDesk.encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String hash(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
