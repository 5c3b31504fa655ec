package io.sallyport.policies;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicySchemaTest {
    private static final Path PUBLISHED = DocumentedPolicies.DOCS.resolve("policy.schema.json");
    private static final Pattern CONDITION_ROW = Pattern.compile("\n\\| `(\\w+)` \\| .* \\| .* \\|");

    private final Schema schema =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(PolicySchema.json());

    /** With {@code -Dpolicy.schema.write=true} the file is written anew. */
    @Test
    void published_schema_is_this_one() throws IOException {
        if (Boolean.getBoolean("policy.schema.write")) {
            Files.writeString(PUBLISHED, PolicySchema.json());
        }
        assertThat(Files.readString(PUBLISHED)).isEqualTo(PolicySchema.json());
    }

    @Test
    void schema_accepts_the_built_in_policy_and_every_example() {
        assertThat(errors(Policy.builtInText())).isEmpty();
        for (String example : new DocumentedPolicies().mains()) {
            assertThat(errors(example)).isEmpty();
        }
    }

    @Test
    void documentation_lists_every_condition() {
        String text = DocumentedPolicies.text();
        Matcher row = CONDITION_ROW.matcher(text.substring(text.indexOf("| condition |"), text.indexOf("### Groups")));
        List<String> listed = row.results().map(found -> found.group(1)).toList();
        for (String condition : listed) {
            assertThat(PolicySchema.json()).contains("\"" + condition + "\" : {");
        }
        assertThat(listed).hasSize(31);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules: [{name: a, when: {kind: delete}, then: hold}]",
                "version: 2\nrules: [{name: a, when: {kind: delete}, then: hold}]",
                "version: 1",
                "version: 1\nrules: []",
                "version: 1\nmode: watch\nrules: [{name: a, when: {kind: delete}, then: hold}]",
                "version: 1\nrulez: 1\nrules: [{name: a, when: {kind: delete}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {kind: delte}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {kind: []}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {group: dll}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {rows: many}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {share: 5}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {readable: 'yes'}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {statements: many}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {hours: '9-17'}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {days: monday}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {client: localhost}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {not: {kind: delte}}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {any: []}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {kind: delete}, then: delay}]",
                "version: 1\nrules: [{name: a, when: {kind: delete}, then: {delay: soon}}]",
                "version: 1\nrules: [{name: a, when: {kind: delete}, then: {hold: {quorum: 0}}}]",
                "version: 1\nrules: [{name: a, when: {kind: delete}, then: {hold: {approvers: {}}}}]",
                "version: 1\napprovers: {d: {role: d}}\nrules: [{name: a, when: {kind: delete}, then: {hold: {approvers: {d: 0}}}}]",
                "version: 1\nrules: [{name: a, when: {kind: delete}, then: {hold: {reason: optional}}}]",
                "version: 1\nrules: [{name: a, when: {kind: delete}, then: {hold: {break_glass: oncall}}}]",
                "version: 1\napprovers: {dba: {}}\nrules: [{name: a, when: {kind: delete}, then: hold}]",
                "version: 1\npeople: {a: {role: x}}\nrules: [{name: a, when: {kind: delete}, then: hold}]",
                "version: 1\nrules: [{name: a, when: {kind: delete}, then: {deny: {expires: 5m}}}]",
                "version: 1\nrules: [{name: a, when: {kind: delete}}]"
            })
    void schema_and_reader_reject_the_same(String broken) {
        assertThat(errors(broken)).isNotEmpty();
        assertThat(PolicyReader.read(broken, "p.yaml").policy()).isNull();
    }

    private List<Error> errors(String yaml) {
        return schema.validate(yaml, InputFormat.YAML);
    }
}
