package io.sallyport.proxy.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Encodes events: snake_case, in the order of the record, absent values left out, ISO-8601 times in UTC. */
final class AuditJson {
    private static final Logger LOG = LoggerFactory.getLogger(AuditJson.class);
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private AuditJson() {}

    static String line(AuditEvent event) throws JacksonException {
        return MAPPER.writerFor(AuditEvent.class).writeValueAsString(event);
    }

    /** An event that cannot be encoded is our own fault; it is lost, loudly, and the others are not. */
    static @Nullable String lineOrNothing(AuditEvent event) {
        try {
            return line(event);
        } catch (RuntimeException e) {
            LOG.error("an audit event cannot be encoded: {}", event.getClass().getSimpleName(), e);
            return null;
        }
    }
}
