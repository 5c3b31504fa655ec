package io.sallyport.proxy.oidc;

import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.ProofRefused;
import io.sallyport.proxy.config.OidcSettings;
import io.sallyport.proxy.config.SmallFile;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the issuer gives a token for a code (RFC 6749, section 4.1.3). */
final class TokenDesk {
    private static final Logger log = LoggerFactory.getLogger(TokenDesk.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final OidcSettings.SignIn settings;
    private final IssuerHttp http;

    TokenDesk(OidcSettings.SignIn settings, IssuerHttp http) {
        this.settings = settings;
        this.http = http;
    }

    /** @throws IOException when the secret cannot be read; the message says which file */
    @Nullable
    String secret() throws IOException {
        if (settings.secretFile() == null) {
            return null;
        }
        try {
            return new String(SmallFile.read(settings.secretFile()), StandardCharsets.UTF_8).strip();
        } catch (IOException why) {
            throw new IOException("oidc.client_secret_file: " + settings.secretFile() + " " + why.getMessage(), why);
        }
    }

    /** The identity token. */
    String redeem(Discovery.Metadata issuer, String code, String verifier) throws ProofRefused {
        try {
            URI address = issuer.token();
            if (address == null) {
                throw new IOException("the issuer names no token_endpoint");
            }
            Map<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "authorization_code");
            form.put("code", code);
            form.put("redirect_uri", settings.redirect());
            form.put("code_verifier", verifier);
            // Read anew, so that a secret may change while the proxy runs.
            String secret = secret();
            boolean inHead = secret != null && takesHeader(issuer.tokenMethods());
            if (!inHead) {
                form.put("client_id", settings.clientId());
            }
            if (secret != null && !inHead) {
                form.put("client_secret", secret);
            }
            return token(http.post(address, encoded(form), inHead ? basic(String.valueOf(secret)) : null));
        } catch (IOException why) {
            log.warn("the OIDC issuer gives no token: {}", why.getMessage());
            throw new ProofRefused(LoginFailure.ISSUER, "the issuer gives no token: the log says why", why);
        }
    }

    /** What is said where nothing is said (OpenID Connect Discovery 1.0, section 3). */
    private static boolean takesHeader(List<String> methods) {
        return methods.isEmpty() || methods.contains("client_secret_basic") || !methods.contains("client_secret_post");
    }

    private String basic(String secret) {
        String pair = encoded(settings.clientId()) + ":" + encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    private static String token(IssuerHttp.Answer answer) throws IOException, ProofRefused {
        JsonNode said = JSON.createObjectNode();
        try {
            said = JSON.readTree(answer.body());
        } catch (JacksonException broken) {
            // Its message would repeat the answer, tokens perhaps.
        }
        String error = said.path("error").asString("");
        if (error.equals("invalid_grant")) {
            throw new ProofRefused(LoginFailure.SIGN_IN, "the issuer does not take the code; begin again");
        }
        String token = said.path("id_token").asString("");
        if (answer.status() != 200 || token.isEmpty()) {
            throw new IOException("it answers " + answer.status() + ", "
                    + (error.matches("[a-z_]{1,50}") ? error : "without an id_token"));
        }
        return token;
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
