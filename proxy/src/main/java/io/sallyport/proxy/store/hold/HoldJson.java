package io.sallyport.proxy.store.hold;

import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Outcome;
import io.sallyport.proxy.hold.Vote;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a hold's row keeps as JSON. What a newer replica wrote and this one does not know is not read at all: it may be a condition. */
final class HoldJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private HoldJson() {}

    static String request(HoldRequest request) {
        return JSON.writeValueAsString(request);
    }

    static HoldRequest request(String json) {
        return JSON.readValue(json, HoldRequest.class);
    }

    static String votes(List<Vote> votes) {
        return JSON.writeValueAsString(votes);
    }

    static List<Vote> votes(String json) {
        return JSON.readValue(json, new TypeReference<>() {});
    }

    static @Nullable String tags(@Nullable Outcome outcome) {
        return outcome == null ? null : JSON.writeValueAsString(outcome.commandTags());
    }

    static @Nullable Outcome outcome(@Nullable String tags, @Nullable String sqlState) {
        return tags == null ? null : new Outcome(JSON.readValue(tags, new TypeReference<>() {}), sqlState);
    }
}
