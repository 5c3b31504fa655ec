package io.sallyport.proxy.replay.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** The scalar fields of one flat JSON object. */
final class JsonFields {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LogInput.LONGEST_RECORD)
                    .build())
            .build();

    private final Set<String> wanted;

    JsonFields(Set<String> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    /** Numbers as text; null when the line is no JSON object. */
    @Nullable
    Map<String, String> read(String line) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isStructStart()) {
                    parser.skipChildren();
                } else if (wanted.contains(name) && value != JsonToken.VALUE_NULL) {
                    fields.put(name, parser.getString());
                }
            }
            return parser.currentToken() == JsonToken.END_OBJECT ? fields : null;
        } catch (JacksonException e) {
            return null;
        }
    }
}
