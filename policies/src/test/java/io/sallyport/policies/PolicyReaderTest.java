package io.sallyport.policies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolicyReaderTest {
    @Test
    void every_problem_is_reported_at_once_with_its_place_and_the_nearest_word() {
        assertProblems(
                """
                version: 1
                default: alow
                rulez: []
                rules:
                  - name: one
                    when: {kind: delte, where: sometimes, wher: absent}
                    then: hold
                  - name: one
                    when: {readable: perhaps, tables: "a.b.c", class: distroy}
                    then: {hold: {mesage: x}}
                """,
                "p.yaml:2:10: unknown decision 'alow'; did you mean 'allow'?",
                "p.yaml:3:1: unknown key 'rulez' in the policy; did you mean 'rules'?",
                "p.yaml:6:18: unknown kind 'delte'; did you mean 'delete'?",
                "p.yaml:6:32: unknown value of 'where' 'sometimes'; expected one of absent, always_true, present",
                "p.yaml:6:43: unknown key 'wher' in 'when'; did you mean 'where'?",
                "p.yaml:8:11: a rule 'one' is already in line 5",
                "p.yaml:9:22: expected true or false, found 'perhaps'",
                "p.yaml:9:39: 'a.b.c' is no table pattern; expected table, schema.table or \"Exact Name\"",
                "p.yaml:9:55: unknown class 'distroy'; did you mean 'destroy'?",
                "p.yaml:10:19: unknown key 'mesage' in 'hold'; did you mean 'message'?");
    }

    @Test
    void missing_parts_are_problems() {
        assertProblems(
                "rules:\n  - {}\n",
                "p.yaml:1:1: the policy has no 'version'; expected version: 1",
                "p.yaml:2:5: the rule has no 'name'",
                "p.yaml:2:5: the rule has no 'when'",
                "p.yaml:2:5: the rule has no 'then'");
        assertProblems("version: 1\n", "p.yaml:1:1: the policy has no 'rules'");
        assertProblems("version: 1\nrules: []\n", "p.yaml:2:8: rules: expected a list of rules, found an empty list");
        assertProblems(
                "version: 1\nrules:\n  - {name: a, when: {}, then: hold}\n",
                "p.yaml:3:21: no condition here: what shall hold for every statement belongs in 'default'");
        assertProblems(
                "version: 1\nrules:\n  - {name: a, when: {kind: []}, then: hold}\n",
                "p.yaml:3:28: expected a kind of statement, or a list of them, found an empty list");
    }

    @Test
    void wrong_types_are_problems() {
        assertProblems(
                "version: 2\nrules: x\n",
                "p.yaml:1:10: version: expected 1, found '2'",
                "p.yaml:2:8: rules: expected a list of rules, found 'x'");
        assertProblems("- a\n", "p.yaml:1:1: expected a policy with version, default and rules, found a list");
        assertProblems(
                "version: 1\nrules:\n  - hold\n  - {name: [], when: x, then: [hold]}\n",
                "p.yaml:3:5: expected a rule with name, when and then, or {include: FILE}, found 'hold'",
                "p.yaml:4:12: expected a name for the rule, found a list",
                "p.yaml:4:22: expected conditions such as {kind: delete}, found 'x'",
                "p.yaml:4:31: expected one decision: allow, {delay: 10s}, confirm, hold or deny, found a list");
    }

    @Test
    void duplicate_keys_are_problems() {
        assertProblems(
                "version: 1\nrules:\n  - {name: a, when: {kind: delete, kind: update}, then: hold}\n",
                "p.yaml:3:36: the key 'kind' stands here twice");
    }

    @Test
    void broken_yaml_is_a_problem_with_its_line() {
        PolicyReading reading = PolicyReader.read("version: 1\nrules:\n  - {name: a\n", "p.yaml");
        assertThat(reading.policy()).isNull();
        assertThat(reading.problems()).hasSize(1);
        assertThat(reading.problems().get(0).message()).startsWith("not YAML: ");
        assertThat(reading.problems().get(0).line()).isGreaterThanOrEqualTo(3);
        assertProblems("", "p.yaml:1:1: the document is empty");
    }

    @Test
    void alias_that_holds_itself_is_a_problem_and_no_endless_loop() {
        PolicyReading reading = PolicyReader.read("&a {version: 1, rules: *a}\n", "p.yaml");
        assertThat(reading.policy()).isNull();
        assertThat(reading.problems()).isNotEmpty();
    }

    @Test
    void glob_of_kinds_must_fit_one() {
        assertProblems(
                "version: 1\nrules:\n  - {name: a, when: {kind: 'dorp_*'}, then: hold}\n",
                "p.yaml:3:28: unknown kind 'dorp_*'");
    }

    private static void assertProblems(String yaml, String... expected) {
        PolicyReading reading = PolicyReader.read(yaml, "p.yaml");
        assertThat(reading.policy()).isNull();
        assertThat(reading.problems().stream().map(PolicyProblem::toString)).containsExactly(expected);
    }
}
