package io.sallyport.policies.language;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pieces of JSON Schema, draft 7: the one that editors know best. */
final class Schemas {
    /** {@code $people} stands for a list wherever a list may stand. */
    private static final Map<String, Object> REFERENCE = pattern("^\\$[^$]");

    private Schemas() {}

    static Map<String, Object> text() {
        return map("type", "string", "minLength", 1);
    }

    static Map<String, Object> pattern(String regex) {
        return map("type", "string", "pattern", regex);
    }

    static Map<String, Object> truth() {
        return map("type", "boolean");
    }

    static Map<String, Object> words(Collection<String> words) {
        return map("enum", List.copyOf(words));
    }

    static Map<String, Object> reference(String definition) {
        return map("$ref", "#/definitions/" + definition);
    }

    static Map<String, Object> anyOf(List<Map<String, Object>> schemas) {
        return map("anyOf", schemas);
    }

    /** A text of that form, the name of a list, or a list of both that is not empty. */
    static Map<String, Object> oneOrMore(Map<String, Object> item) {
        Map<String, Object> one = anyOf(List.of(item, REFERENCE));
        return anyOf(List.of(item, REFERENCE, listOf(one)));
    }

    static Map<String, Object> listOf(Map<String, Object> item) {
        return map("type", "array", "items", item, "minItems", 1);
    }

    /** A mapping with these keys and no others. */
    static Map<String, Object> mapping(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = map("type", "object", "additionalProperties", false, "properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    static Map<String, Object> described(String description, Map<String, Object> schema) {
        Map<String, Object> described = map("description", description);
        described.putAll(schema);
        return described;
    }

    /** Keys and values in turn, in this order. */
    static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }
}
