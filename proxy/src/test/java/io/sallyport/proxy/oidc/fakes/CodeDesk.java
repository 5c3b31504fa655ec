package io.sallyport.proxy.oidc.fakes;

import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.QueryStringEncoder;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gives codes out, and takes each of them once (RFC 6749, RFC 7636). */
public final class CodeDesk {
    private final TestIssuer issuer;
    private final Map<String, Map<String, String>> waiting = new ConcurrentHashMap<>();
    private volatile UnaryOperator<JWTClaimsSet.Builder> forgery = claims -> claims;
    private volatile String subject = "nobody";

    CodeDesk(TestIssuer issuer) {
        this.issuer = issuer;
    }

    /** Who is signed in at the issuer. */
    public void is(String name) {
        subject = name;
    }

    /** What becomes of the claims of identity tokens. */
    public void forges(UnaryOperator<JWTClaimsSet.Builder> change) {
        forgery = change;
    }

    void serve(HttpExchange exchange, String path) throws IOException {
        switch (path) {
            case "/authorize" ->
                issuer.answer(
                        exchange,
                        200,
                        "text/html",
                        "<!doctype html><title>Issuer</title><a id=\"login\" href=\"/login?"
                                + exchange.getRequestURI().getRawQuery().replace("&", "&amp;") + "\">Go on</a>");
            case "/login" -> login(exchange);
            case "/token" -> token(exchange);
            default -> issuer.answer(exchange, 404, "text/plain", "");
        }
    }

    private void login(HttpExchange exchange) throws IOException {
        Map<String, String> asked = query("?" + exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        waiting.put(code, asked);
        QueryStringEncoder back = new QueryStringEncoder(Objects.requireNonNull(asked.get("redirect_uri")));
        back.addParam("code", code);
        back.addParam("state", asked.getOrDefault("state", ""));
        back.addParam("iss", issuer.url());
        exchange.getResponseHeaders().set("Location", back.toString());
        issuer.answer(exchange, 302, "text/plain", "");
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                query("?" + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = waiting.remove(form.getOrDefault("code", ""));
        String client = authorized(exchange.getRequestHeaders().getFirst("Authorization"));
        if (client == null) {
            issuer.answer(exchange, 401, "application/json", "{\"error\":\"invalid_client\"}");
        } else if (asked == null
                || !client.equals(asked.get("client_id"))
                || !Objects.equals(form.get("redirect_uri"), asked.get("redirect_uri"))
                || !"S256".equals(asked.get("code_challenge_method"))
                || !challenge(form.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))) {
            issuer.answer(exchange, 400, "application/json", "{\"error\":\"invalid_grant\"}");
        } else {
            JWTClaimsSet.Builder claims = issuer.claims(subject, client).claim("nonce", asked.get("nonce"));
            String token = issuer.key().sign(forgery.apply(claims).build());
            issuer.answer(
                    exchange,
                    200,
                    "application/json",
                    "{\"token_type\":\"Bearer\",\"access_token\":\"opaque\",\"id_token\":\"" + token + "\"}");
        }
    }

    private static @Nullable String authorized(@Nullable String header) {
        String pair = URLEncoder.encode(TestIssuer.CLIENT, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(TestIssuer.SECRET, StandardCharsets.UTF_8);
        String expected = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return expected.equals(header) ? TestIssuer.CLIENT : null;
    }

    private static Map<String, String> query(String uri) {
        Map<String, String> values = new HashMap<>();
        new QueryStringDecoder(uri).parameters().forEach((name, all) -> values.put(name, all.get(0)));
        return values;
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
