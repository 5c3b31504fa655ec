package io.sallyport.policies;

import io.sallyport.policies.language.SchemaDefinitions;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** The policy language as a JSON Schema (draft 7), for editors. */
public final class PolicySchema {
    private PolicySchema() {}

    /** The same text for the same version, whatever the platform. */
    public static String json() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        return JsonMapper.shared().writer().with(printer).writeValueAsString(SchemaDefinitions.all()) + "\n";
    }
}
