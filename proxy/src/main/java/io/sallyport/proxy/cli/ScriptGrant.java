package io.sallyport.proxy.cli;

import io.sallyport.proxy.client.ApiClient;
import io.sallyport.proxy.client.ApiFailure;
import io.sallyport.proxy.client.RequestText;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A token for a file: what it would cover, and then, of just that, the grant. */
final class ScriptGrant {
    private final ApiClient client;
    private final Map<String, Object> body;
    private JsonNode plan = JsonMapper.shared().createObjectNode();

    ScriptGrant(ApiClient client, Map<String, Object> body) {
        this.client = client;
        this.body = body;
    }

    JsonNode preview() throws ApiFailure {
        plan = client.preview(body);
        return plan;
    }

    List<String> lines(String file) {
        return RequestText.plan(plan, file);
    }

    JsonNode carryOut() throws ApiFailure {
        body.put("plan", plan.path("plan").asString(""));
        return client.grant(body);
    }
}
