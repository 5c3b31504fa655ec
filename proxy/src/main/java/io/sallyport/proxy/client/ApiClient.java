package io.sallyport.proxy.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the API of a running proxy, with user and password, or a token, at every request. */
public final class ApiClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ACCESS_TOKENS = "/api/v1/access-tokens";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI base;
    private final String authorization;
    private final HttpClient http;

    /**
     * @param authorization {@link #password} or {@link #token}
     * @param trust whom to believe that they are the proxy; null takes those whom Java trusts
     */
    public ApiClient(URI base, String authorization, @Nullable SSLContext trust) {
        this.base = base;
        this.authorization = authorization;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                // What proves who asks goes to the named server alone.
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE);
        this.http = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    public static String password(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    public static String token(String token) {
        return "Bearer " + token;
    }

    public JsonNode holds() throws ApiFailure {
        return send("GET", "/api/v1/holds", "");
    }

    public JsonNode show(String code) throws ApiFailure {
        return send("GET", "/api/v1/holds/" + segment(code), "");
    }

    /** What safety nets left behind. */
    public JsonNode kept(String code) throws ApiFailure {
        JsonNode answer = send("GET", "/api/v1/kept/" + segment(code), "");
        if (answer.path("kept").isEmpty()) {
            throw new ApiFailure(
                    "nothing was kept for " + code + ": it did not run, its rule asks for no safety net that keeps"
                            + " anything, or that is longer ago than control.keep",
                    null);
        }
        return answer;
    }

    /** Asks a second person whether kept rows are brought back; answers the hold. */
    public JsonNode undo(String code, String reason) throws ApiFailure {
        String body = JSON.writeValueAsString(Map.of("reason", reason));
        return send("POST", "/api/v1/kept/" + segment(code) + "/undo", body);
    }

    public JsonNode withdrawUndo(String code) throws ApiFailure {
        return send("POST", "/api/v1/kept/" + segment(code) + "/undo/withdraw", "{}");
    }

    public JsonNode approve(String code, String reason, String typed) throws ApiFailure {
        String body = JSON.writeValueAsString(Map.of("reason", reason, "typed", typed));
        return send("POST", "/api/v1/holds/" + segment(code) + "/approve", body);
    }

    public JsonNode reject(String code, String reason) throws ApiFailure {
        String body = JSON.writeValueAsString(Map.of("reason", reason));
        return send("POST", "/api/v1/holds/" + segment(code) + "/reject", body);
    }

    public JsonNode breakGlass(String code, String reason) throws ApiFailure {
        String body = JSON.writeValueAsString(Map.of("reason", reason));
        return send("POST", "/api/v1/holds/" + segment(code) + "/break-glass", body);
    }

    public JsonNode requests() throws ApiFailure {
        return send("GET", "/api/v1/requests", "");
    }

    public JsonNode request(String code) throws ApiFailure {
        return send("GET", "/api/v1/requests/" + segment(code), "");
    }

    /** @param terms what the grant says beside the code: reason, typed, lasts, rows */
    public JsonNode grant(String code, Map<String, Object> terms) throws ApiFailure {
        return send("POST", "/api/v1/requests/" + segment(code) + "/grant", JSON.writeValueAsString(terms));
    }

    /** What a token for a file would cover. */
    public JsonNode preview(Map<String, Object> script) throws ApiFailure {
        return send("POST", "/api/v1/grants/preview", JSON.writeValueAsString(script));
    }

    /** A token for a file. */
    public JsonNode grant(Map<String, Object> script) throws ApiFailure {
        return send("POST", "/api/v1/grants", JSON.writeValueAsString(script));
    }

    /** @param life such as {@code 8h}; empty for the usual one */
    public JsonNode makeAccessToken(String label, String life) throws ApiFailure {
        return send("POST", ACCESS_TOKENS, JSON.writeValueAsString(Map.of("label", label, "life", life)));
    }

    public JsonNode accessTokens() throws ApiFailure {
        return send("GET", ACCESS_TOKENS, "");
    }

    public JsonNode revokeAccessToken(String id) throws ApiFailure {
        if (!id.matches("[A-Za-z]{8}")) {
            // It is not repeated, and not sent: it may be the secret.
            throw new ApiFailure("this is not the id of a token: expected the form kqhwzmrt", null);
        }
        return send("DELETE", ACCESS_TOKENS + "/" + id, "");
    }

    private static String segment(String code) throws ApiFailure {
        if (!code.matches("[0-9A-Za-z]{4}-[0-9A-Za-z]{4}")) {
            throw new ApiFailure("\"" + code + "\" is not a hold code: expected the form K7Q4-F2MD", null);
        }
        return code;
    }

    private JsonNode send(String method, String path, String body) throws ApiFailure {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new ApiFailure(answer.path("message").asString("answered " + response.statusCode()), null);
            }
            return answer;
        } catch (JacksonException noJson) {
            throw new ApiFailure(base + " does not answer as Sallyport does", noJson);
        } catch (IOException unreachable) {
            throw new ApiFailure(base + " cannot be reached: " + unreachable, unreachable);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new ApiFailure("interrupted", hurried);
        }
    }
}
