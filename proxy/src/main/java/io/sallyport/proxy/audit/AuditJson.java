package io.sallyport.proxy.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Encodes events: snake_case, in the order of the record, absent values left out, ISO-8601 times in UTC. */
final class AuditJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private AuditJson() {}

    static String line(AuditEvent event) throws JacksonException {
        return MAPPER.writerFor(AuditEvent.class).writeValueAsString(event);
    }
}
