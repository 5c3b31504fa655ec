package io.sallyport.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.rule.KindGroup;
import io.sallyport.policies.rule.Variable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PolicyDocumentationTest {
    private final DocumentedPolicies examples = new DocumentedPolicies();

    @Test
    void every_example_is_a_policy_without_problems_and_warnings() {
        assertThat(examples.mains()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(examples.included()).hasSize(2);
        for (String text : examples.mains()) {
            PolicyReading reading = PolicyReader.read(text, "example.yaml", examples);
            assertThat(reading.problems()).isEmpty();
            assertThat(reading.warnings()).isEmpty();
            assertThat(reading.policy()).isNotNull();
        }
    }

    @Test
    void built_in_policy_has_neither_problems_nor_warnings() {
        PolicyReading reading = PolicyReader.read(Policy.builtInText(), "default-policy.yaml");
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void groups_are_listed_with_their_kinds() {
        assertThat(Arrays.stream(KindGroup.values())
                        .map(group -> "| `" + group.label() + "` | "
                                + group.patterns().stream()
                                        .map(pattern -> "`" + pattern + "`")
                                        .collect(Collectors.joining(", "))
                                + " |"))
                .isSubsetOf(DocumentedPolicies.text().lines().toList());
    }

    @Test
    void variables_are_listed_with_their_types() {
        for (Variable variable : Variable.values()) {
            assertThat(DocumentedPolicies.text())
                    .contains("\n| `" + variable.label() + "` | "
                            + variable.type().label() + " | ");
        }
    }

    @Test
    void every_kind_that_a_statement_can_have_is_in_a_group() {
        Set<StatementKind> missing = EnumSet.allOf(StatementKind.class);
        for (KindGroup group : KindGroup.values()) {
            missing.removeAll(group.kinds().kinds());
        }
        assertThat(missing).containsExactlyInAnyOrder(StatementKind.SALLYPORT, StatementKind.UNREADABLE);
    }
}
