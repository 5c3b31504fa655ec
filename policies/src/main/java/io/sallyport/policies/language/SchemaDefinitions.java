package io.sallyport.policies.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole language as one JSON Schema, from the tables that its readers use. */
public final class SchemaDefinitions {
    /** Of which there are many, and which several conditions take. */
    static final String KINDS = "kinds";

    private SchemaDefinitions() {}

    /** As maps, lists and scalars, in a fixed order. */
    public static Map<String, Object> all() {
        Map<String, Object> keys = new LinkedHashMap<>();
        for (PolicyKey key : PolicyKey.values()) {
            keys.put(key.label(), key.schema());
        }
        Map<String, Object> schema = Schemas.map(
                "$schema",
                "http://json-schema.org/draft-07/schema#",
                "title",
                "Sallyport policy",
                "description",
                "Ordered rules about SQL statements. An included file needs no version and no rules; this schema is for the main file.");
        schema.putAll(Schemas.mapping(keys, List.of(PolicyKey.VERSION.label(), PolicyKey.RULES.label())));
        schema.put("definitions", definitions());
        return schema;
    }

    private static Map<String, Object> definitions() {
        Map<String, Object> conditions = new LinkedHashMap<>();
        ConditionKey.BY_LABEL.forEach((label, key) -> conditions.put(label, key.schema()));
        Map<String, Object> whenAny = Schemas.mapping(conditions, List.of());
        whenAny.put("minProperties", 1);
        return Schemas.map(
                "texts",
                Schemas.anyOf(List.of(Schemas.text(), Schemas.listOf(Schemas.text()))),
                "named",
                Schemas.map("type", "object", "additionalProperties", Schemas.reference("texts")),
                "kind",
                WordForms.kindSchema(),
                KINDS,
                Schemas.oneOrMore(Schemas.reference("kind")),
                "rule",
                Schemas.anyOf(List.of(
                        Schemas.mapping(
                                Schemas.map(
                                        "name", Schemas.text(),
                                        "when", Schemas.reference("conditions"),
                                        "then", Schemas.reference("decision")),
                                List.of("name", "when", "then")),
                        Schemas.mapping(Schemas.map("include", Schemas.reference("texts")), List.of("include")))),
                "people",
                ApproverNames.schema(),
                "requesters",
                ApproverNames.schemaOfSessions(),
                "person",
                PeopleReader.schema(),
                "conditions",
                whenAny,
                "decision",
                DecisionKey.schema());
    }
}
