package io.sallyport.proxy.admin.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * One answer, before it becomes HTTP.
 *
 * @param cookies to be set, as headers have them
 */
public record Reply(
        HttpResponseStatus status, String contentType, byte[] body, Map<String, String> headers, List<String> cookies)
        implements Answer {
    private static final String JSON_TYPE = "application/json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Reply {
        headers = Map.copyOf(headers);
        cookies = List.copyOf(cookies);
    }

    public Reply(HttpResponseStatus status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, List.of());
    }

    public static Reply text(HttpResponseStatus status, String contentType, String body) {
        return new Reply(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public static Reply json(HttpResponseStatus status, Object value) {
        return text(status, JSON_TYPE, JSON.writeValueAsString(value) + "\n");
    }

    public static Reply error(HttpResponseStatus status, String message) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("error", status.reasonPhrase());
        fields.put("message", message);
        return json(status, fields);
    }

    /** An error that has a code of PostgreSQL's too. */
    public static Reply error(HttpResponseStatus status, String sqlState, String message) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("error", status.reasonPhrase());
        fields.put("message", message);
        fields.put("sqlState", sqlState);
        return json(status, fields);
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, body, more, cookies);
    }

    public Reply withCookie(String cookie) {
        List<String> more = new ArrayList<>(cookies);
        more.add(cookie);
        return new Reply(status, contentType, body, headers, more);
    }
}
