package io.sallyport.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.PolicySource.Included;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PolicyIncludesTest {
    private final Map<String, byte[]> files = new HashMap<>();

    @Test
    void included_rules_stand_where_the_include_stands() {
        file("middle.yaml", """
                lists: {tools: [psql]}
                rules:
                  - {name: two, when: {kind: delete, application: $tools}, then: deny}
                  - include: deep.yaml
                """);
        file("deep.yaml", "rules: [{name: three, when: {kind: update}, then: hold}]");
        Policy policy = policy("""
                rules:
                  - {name: one, when: {kind: truncate}, then: hold}
                  - include: middle.yaml
                  - {name: four, when: {application: $tools}, then: allow}
                """);
        assertThat(policy.rules().stream().map(RuleText::name)).containsExactly("one", "two", "three", "four");
        assertThat(policy.rules().stream().map(RuleText::file))
                .containsExactly("main.yaml", "middle.yaml", "deep.yaml", "main.yaml");
        assertThat(PolicyFixture.verdict(policy, "DELETE FROM t", PolicyFixture.at(PolicyFixture.ALICE))
                        .rule())
                .isEqualTo("two");
    }

    @Test
    void lists_of_a_file_named_twice_are_read_once() {
        file("lists.yaml", "lists: {people: [alice]}");
        file("rules.yaml", "include: lists.yaml\nrules: [{name: a, when: {user: $people}, then: deny}]");
        Policy policy = policy("include: [lists.yaml]\nrules: [{include: rules.yaml}]");
        assertThat(policy.rules()).hasSize(1);
    }

    @Test
    void lists_may_hold_lists_and_a_doubled_dollar_is_a_dollar() {
        Policy policy = policy("""
                lists:
                  dbas: [alice, bob]
                  all: [$dbas, carol, $$cash]
                rules: [{name: a, when: {user: [$all, dave]}, then: deny}]
                """);
        assertThat(policy.describe()).contains("the user is like alice or bob or carol or $cash or dave");
    }

    @Test
    void problems_name_the_file_that_they_are_in() {
        file("a.yaml", "lists: {people: [alice]}\nrules:\n  - {name: x, when: {kind: delte}, then: hold}\n");
        assertProblems(
                """
                rules:
                  - include: a.yaml
                  - {name: x, when: {user: $peple}, then: hold}
                """,
                "a.yaml:3:28: unknown kind 'delte'; did you mean 'delete'?",
                "main.yaml:4:12: a rule 'x' is already in line 3 of a.yaml",
                "main.yaml:4:28: unknown list 'peple'; did you mean 'people'?");
    }

    @Test
    void file_that_is_missing_or_includes_itself_is_a_problem() {
        file("a.yaml", "rules: [{include: b.yaml}]");
        file("b.yaml", "rules: [{include: a.yaml}]");
        assertProblems(
                "include: none.yaml\nrules:\n  - include: a.yaml\n  - include: main.yaml\n  - include: b.yaml\n",
                "b.yaml:1:19: 'a.yaml' includes itself",
                "main.yaml:2:10: cannot include 'none.yaml': no such file",
                "main.yaml:5:14: 'main.yaml' includes itself",
                "main.yaml:6:14: 'b.yaml' is included already");
    }

    @Test
    void file_included_in_the_wrong_place_is_a_problem() {
        file("rules.yaml", "rules: [{name: a, when: {kind: delete}, then: hold}]");
        file("lists.yaml", "lists: {people: [alice]}");
        file("main2.yaml", "version: 1\ndefault: deny\nrules: [{name: b, when: {kind: delete}, then: hold}]");
        assertProblems(
                "include: rules.yaml\nrules: [{include: lists.yaml}, {include: main2.yaml}]\n",
                "lists.yaml:1:1: the policy has no 'rules'",
                "main.yaml:2:10: 'rules.yaml' has rules: include it under 'rules', where they are to stand",
                "main2.yaml:2:1: unknown key 'default' in an included file; expected one of approvers, function_groups, "
                        + "include, lists, people, rules, shared_roles, version");
    }

    @Test
    void lists_of_one_name_and_lists_that_hold_themselves_are_problems() {
        file("a.yaml", "lists: {people: [bob]}");
        assertProblems(
                """
                include: a.yaml
                lists:
                  people: [alice]
                  one: [$two]
                  two: [$one]
                  none: []
                rules: [{name: a, when: {user: $one}, then: hold}]
                """,
                "a.yaml:1:9: a list 'people' is already in line 4 of main.yaml",
                "main.yaml:5:9: the list 'two' holds itself",
                "main.yaml:6:9: the list 'one' holds itself",
                "main.yaml:7:9: expected a list of texts, found an empty list");
    }

    @Test
    void included_file_that_is_no_utf8_is_a_problem_in_that_file() {
        files.put("a.yaml", new byte[] {'l', ':', '\n', ' ', (byte) 0xFF});
        assertProblems(
                "include: a.yaml\nrules: [{name: a, when: {kind: delete}, then: hold}]\n",
                "a.yaml:2:2: not UTF-8 text: found the byte 0xFF; save the file as UTF-8");
    }

    @Test
    void policy_without_a_source_includes_nothing() {
        PolicyReading reading = PolicyReader.read("version: 1\nrules: [{include: a.yaml}]", "main.yaml");
        assertThat(reading.policy()).isNull();
        assertThat(reading.problems().get(0).message())
                .isEqualTo("cannot include 'a.yaml': no files can be included here");
    }

    private void file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private PolicyReading reading(String yaml) {
        String main = "version: 1\n" + yaml;
        file("main.yaml", main);
        return PolicyReader.read(main, "main.yaml", (name, from) -> {
            byte[] content = files.get(name);
            return content == null ? new Included.Missing("no such file") : new Included.Found(name, content);
        });
    }

    private Policy policy(String yaml) {
        PolicyReading reading = reading(yaml);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
        return Objects.requireNonNull(reading.policy());
    }

    private void assertProblems(String yaml, String... expected) {
        PolicyReading reading = reading(yaml);
        assertThat(reading.policy()).isNull();
        assertThat(reading.problems().stream().map(PolicyProblem::toString)).containsExactly(expected);
    }
}
