package io.sallyport.proxy.webhook;

import io.sallyport.proxy.audit.SecretMask;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The generic body: fields are called as in the API for approvers. */
final class JsonBody {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonBody() {}

    /** @param statement whether the text is told; what was found in it is, either way */
    static byte[] of(String delivery, HoldNews news, Surroundings surroundings, boolean statement) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", news.event().label());
        body.put("delivery", delivery);
        body.put("at", news.at().toString());
        body.put("environment", surroundings.environment());
        body.put("hold", hold(news, surroundings.link(news.code()), statement));
        return JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> hold(HoldNews news, String link, boolean statement) {
        Map<String, Object> hold = new LinkedHashMap<>();
        hold.put("code", news.code());
        hold.put("state", news.state());
        hold.put("requester", news.requester());
        hold.put("database", news.database());
        hold.put("application", SecretMask.mask(news.application()));
        hold.put("client", news.client());
        put(hold, "certificate", news.certificate());
        put(hold, "osUser", news.osUser().isEmpty() ? null : news.osUser());
        hold.put("session", news.session());
        hold.put("rule", news.rule());
        hold.put("message", news.message());
        hold.put("why", masked(news.why()));
        if (statement) {
            hold.put("statement", SecretMask.mask(news.statement()));
        }
        hold.put("statementLength", news.statementLength());
        hold.put("requesterReason", SecretMask.mask(news.requesterReason()));
        hold.put("needsTyped", news.needsTyped());
        hold.put("approvedBy", news.approvedBy());
        hold.put("progress", news.progress());
        hold.put("missing", news.missing());
        hold.put("openedAt", news.openedAt().toString());
        hold.put("expiresAt", news.expiresAt().toString());
        put(hold, "endedAt", news.endedAt());
        put(hold, "endedBy", news.endedBy());
        if (news.endedAt() != null) {
            hold.put("reason", SecretMask.mask(news.reason()));
        }
        put(hold, "url", link.isEmpty() ? null : link);
        return hold;
    }

    private static void put(Map<String, Object> hold, String field, @Nullable Object value) {
        if (value != null) {
            hold.put(field, value instanceof Instant instant ? instant.toString() : value);
        }
    }

    static List<String> masked(List<String> lines) {
        return lines.stream().map(SecretMask::mask).toList();
    }
}
