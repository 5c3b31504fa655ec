package io.sallyport.proxy.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import io.sallyport.proxy.config.Loopback;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the issuer where things are, and for its keys (OpenID Connect Discovery 1.0). */
final class Discovery {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";

    /**
     * What the issuer says of itself.
     *
     * @param authorization where browsers are sent; null where it has none
     * @param token where codes are redeemed; null where it has none
     * @param tokenMethods how a client may prove itself there
     */
    record Metadata(@Nullable URI authorization, @Nullable URI token, List<String> tokenMethods, JWKSet keys) {}

    private final String issuer;
    private final IssuerHttp http;

    Discovery(String issuer, IssuerHttp http) {
        this.issuer = issuer;
        this.http = http;
    }

    /** @throws IOException when it cannot be asked, or answers for somebody else; the message is for the log */
    Metadata ask() throws IOException {
        URI address = URI.create(issuer.replaceFirst("/+$", "") + WELL_KNOWN);
        JsonNode said = object(address);
        String itself = said.path("issuer").asString("");
        if (!itself.equals(issuer)) {
            throw new IOException(address + " is of the issuer \"" + itself + "\", not of " + issuer);
        }
        URI keys = endpoint(said, "jwks_uri");
        if (keys == null) {
            throw new IOException(address + " names no jwks_uri");
        }
        List<String> methods = new ArrayList<>();
        said.path("token_endpoint_auth_methods_supported").forEach(method -> methods.add(method.asString("")));
        return new Metadata(
                endpoint(said, "authorization_endpoint"), endpoint(said, "token_endpoint"), methods, keys(keys));
    }

    private JWKSet keys(URI address) throws IOException {
        try {
            return JWKSet.parse(http.get(address));
        } catch (ParseException broken) {
            throw new IOException(address + " has no key set (RFC 7517)", broken);
        }
    }

    private JsonNode object(URI address) throws IOException {
        try {
            return JSON.readTree(http.get(address));
        } catch (JacksonException broken) {
            throw new IOException(address + " does not answer with JSON", broken);
        }
    }

    private static @Nullable URI endpoint(JsonNode said, String name) throws IOException {
        String text = said.path(name).asString("");
        if (text.isEmpty()) {
            return null;
        }
        try {
            URI address = URI.create(text);
            String host = address.getHost();
            boolean secure = "https".equals(address.getScheme())
                    || ("http".equals(address.getScheme()) && host != null && Loopback.is(host));
            if (secure && host != null && address.getUserInfo() == null && address.getFragment() == null) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below.
        }
        throw new IOException("the issuer's " + name + " is no https address");
    }
}
