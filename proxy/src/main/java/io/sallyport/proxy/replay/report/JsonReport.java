package io.sallyport.proxy.replay.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sallyport.proxy.replay.Summary;
import java.io.PrintWriter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object: the summary in snake_case, times in UTC (ISO 8601), absent values left out. */
public final class JsonReport {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private JsonReport() {}

    public static void write(Summary summary, PrintWriter out) {
        out.println(MAPPER.writeValueAsString(summary));
        out.flush();
    }
}
