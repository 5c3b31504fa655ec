package io.sallyport.proxy.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** One answer, before it becomes HTTP. */
record AdminPage(HttpResponseStatus status, String contentType, String body) {
    private static final String JSON_TYPE = "application/json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static AdminPage json(HttpResponseStatus status, String... keysAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new AdminPage(status, JSON_TYPE, JSON.writeValueAsString(fields) + "\n");
    }

    static AdminPage error(HttpResponseStatus status, String message) {
        return json(status, "error", status.reasonPhrase(), "message", message);
    }
}
