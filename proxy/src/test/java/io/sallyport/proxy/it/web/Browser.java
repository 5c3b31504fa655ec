package io.sallyport.proxy.it.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to the page's server as a browser with one open tab would, or as somebody who means it ill. */
final class Browser {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String base;
    private final HttpClient client;
    private final Map<String, String> headers = new LinkedHashMap<>();

    Browser(String base, @Nullable SSLContext trust) {
        this.base = base;
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        this.client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    static Browser at(int port) {
        return new Browser("http://127.0.0.1:" + port, null);
    }

    record Answer(int status, JsonNode json, HttpResponse<String> response) {
        String text(String field) {
            return json.path(field).asString("");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Browser with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Browser without(String header) {
        headers.remove(header);
        return this;
    }

    /** Keeps cookie and token where it works. */
    Answer signIn(String user, String password) {
        Answer answer = post("/api/v1/session", JSON.writeValueAsString(Map.of("user", user, "password", password)));
        if (answer.status() == 200) {
            with("Cookie", answer.header("set-cookie").split(";", 2)[0]);
            with("X-Sallyport-Csrf", answer.text("csrf"));
        }
        return answer;
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer send(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!method.equals("GET") && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean json =
                    response.headers().firstValue("content-type").orElse("").startsWith("application/json");
            return new Answer(
                    response.statusCode(), json ? JSON.readTree(response.body()) : JSON.createObjectNode(), response);
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
