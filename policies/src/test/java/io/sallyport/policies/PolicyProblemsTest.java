package io.sallyport.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyProblemsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{rows: many}                | 'many' is no comparison; expected a number, or one behind =, !=, <, <=, > or >=",
                "{share: 5}                  | '5' is no share; expected a percentage up to 100% with at most three decimals, behind =, !=, <, <=, > or >=, such as \">= 10%\"",
                "{share: '> 101%'}           | '> 101%' is no share; expected a percentage up to 100% with at most three decimals, behind =, !=, <, <=, > or >=, such as \">= 10%\"",
                "{group: dll}                | unknown group 'dll'; did you mean 'ddl'?",
                "{function_group: terminate} | unknown function group 'terminate'; did you mean 'terminates'?",
                "{objects: 'databse x'}      | 'databse x' is no object pattern; expected a name, or a type and a name as in \"database production_*\"; did you mean 'database'?",
                "{client: 10.0.0}            | '10.0.0' is no network; expected an IPv4 or IPv6 address or a network such as 10.0.0.0/8 or 2001:db8::/32",
                "{client: 10.0.0.0/33}       | '10.0.0.0/33' is no network; expected an IPv4 or IPv6 address or a network such as 10.0.0.0/8 or 2001:db8::/32",
                "{client: 010.0.0.1}         | '010.0.0.1' is no network; expected an IPv4 or IPv6 address or a network such as 10.0.0.0/8 or 2001:db8::/32",
                "{client: 'fe80::1%eth0/64'} | 'fe80::1%eth0/64' is no network; expected an IPv4 or IPv6 address or a network such as 10.0.0.0/8 or 2001:db8::/32",
                "{client: /8}                | '/8' is no network; expected an IPv4 or IPv6 address or a network such as 10.0.0.0/8 or 2001:db8::/32",
                "{client: '*'}               | '*' is no network; expected an IPv4 or IPv6 address or a network such as 10.0.0.0/8 or 2001:db8::/32",
                "{client: localhost}         | 'localhost' is no network; expected an IPv4 or IPv6 address or a network such as 10.0.0.0/8 or 2001:db8::/32",
                "{statements: few}           | 'few' is no comparison; expected a number, or one behind =, !=, <, <=, > or >=",
                "{hours: '9-17'}             | '9-17' are no hours; expected two different times as in \"22:00-06:00\", the second one not included",
                "{hours: '08:00-08:00'}      | '08:00-08:00' are no hours; expected two different times as in \"22:00-06:00\", the second one not included",
                "{hours: '08:00-24:30'}      | '08:00-24:30' are no hours; expected two different times as in \"22:00-06:00\", the second one not included",
                "{days: mond}                | unknown day 'mond'; did you mean 'mon'?",
                "{kind: delete, timezone: UTC} | timezone: expected hours or days beside it, found neither",
                "{hours: '08:00-09:00', timezone: Europe/Berln} | unknown time zone 'Europe/Berln'; did you mean 'Europe/Berlin'?; expected a name such as Europe/Berlin or UTC",
                "{not: {}}                   | no condition here: what shall hold for every statement belongs in 'default'",
                "{not: [a]}                  | expected conditions such as {kind: delete}, found a list",
                "{any: {kind: delete}}       | any: expected a list of conditions, found a mapping",
                "{settings: {value: x}}      | the setting has no 'name'",
                "{user: $nobody}             | unknown list 'nobody'"
            })
    void wrong_conditions_are_problems(String when, String problem) {
        assertThat(reading("rules: [{name: r, when: " + when + ", then: hold}]").problems().stream()
                        .map(PolicyProblem::message))
                .containsExactly(problem);
    }

    @Test
    void mistakes_in_an_expression_are_reported_where_they_stand() {
        assertThat(reading("""
                        rules:
                          - name: one
                            when: {if: "statement.knd == 'delete'"}
                            then: hold
                          - name: two
                            when:
                              if: |
                                user == 'a' &&
                                  statments > 1
                            then: hold
                          - name: three
                            when:
                              if: user + 'x'
                            then: hold
                          - name: four
                            when:
                              if: 'user.matches("a(")'
                            then: hold
                          - name: five
                            when:
                              if: "user ==
                                1"
                            then: hold
                          - {name: six, when: {if: "user == "}, then: hold}
                          - {name: seven, when: {if: "now.getHours('Mars') > 1"}, then: hold}
                        """).problems().stream().map(PolicyProblem::toString))
                .satisfiesExactly(
                        one -> assertThat(one)
                                .isEqualTo(
                                        "p.yaml:4:17: if: unknown name 'statement.knd'; did you mean 'statement.kind'?"),
                        two -> assertThat(two)
                                .isEqualTo("p.yaml:10:11: if: unknown name 'statments'; did you mean 'statements'?"),
                        three -> assertThat(three)
                                .isEqualTo("p.yaml:14:16: if: expected an expression that is true or false, found one"
                                        + " of type string"),
                        four -> assertThat(four)
                                .isEqualTo("p.yaml:18:25: if: error parsing regexp: missing closing ): `a(`"),
                        five -> assertThat(five)
                                .isEqualTo(
                                        "p.yaml:22:11: if: '==' does not take (string, int) (line 1, column 6 of the expression)"),
                        six -> assertThat(six).isEqualTo("p.yaml:25:37: if: the expression ends too early"),
                        seven -> assertThat(seven).isEqualTo("p.yaml:26:44: if: Unknown time-zone ID: Mars"));
    }

    @Test
    void expression_beyond_every_bound_is_a_problem() {
        assertThat(reading("rules: [{name: r, when: {if: \"" + "!".repeat(5000) + "true\"}, then: hold}]")
                        .problems())
                .hasSize(1);
        assertThat(reading("rules: [{name: r, when: {if: \"" + "(".repeat(1500) + "true" + ")".repeat(1500)
                                + "\"}, then: hold}]")
                        .problems())
                .isNotEmpty();
    }

    @Test
    void rule_that_can_never_match_is_a_warning() {
        assertWarnings(
                """
                rules:
                  - {name: first, when: {kind: [delete, "drop_*"]}, then: hold}
                  - {name: same, when: {kind: delete, user: app}, then: allow}
                  - {name: narrower, when: {kind: drop_table, tables: users}, then: deny}
                  - {name: by group, when: {group: drop, cascade: true}, then: deny}
                  - {name: empty, when: {kind: select, group: write}, then: deny}
                  - {name: users, when: {user: ["app_*", joe]}, then: allow}
                  - {name: one user, when: {user: app_1, kind: insert}, then: allow}
                  - {name: other user, when: {user: "a*"}, then: allow}
                """,
                "p.yaml:4:5: the rule 'same' can never match: 'first' in line 3 matches all that it would",
                "p.yaml:5:5: the rule 'narrower' can never match: 'first' in line 3 matches all that it would",
                "p.yaml:6:5: the rule 'by group' can never match: 'first' in line 3 matches all that it would",
                "p.yaml:7:5: the rule 'empty' can never match: no kind of statement fits all its conditions",
                "p.yaml:9:5: the rule 'one user' can never match: 'users' in line 8 matches all that it would");
    }

    @Test
    void rule_that_another_one_covers_in_part_is_no_warning() {
        assertWarnings("""
                rules:
                  - {name: a, when: {kind: delete, user: app}, then: allow}
                  - {name: b, when: {kind: delete}, then: hold}
                  - {name: c, when: {user: joe}, then: hold}
                  - {name: d, when: {not: {user: joe}}, then: hold}
                  - {name: e, when: {hours: "08:00-09:00"}, then: hold}
                  - {name: f, when: {hours: "08:00-09:00", timezone: Asia/Tokyo}, then: hold}
                  - {name: g, when: {any: [{user: x, kind: select}, {user: y}]}, then: hold}
                  - {name: h, when: {user: x}, then: hold}
                """);
    }

    @Test
    void file_that_is_no_text_for_people_is_a_clear_problem() {
        assertThat(problemOf("   \n# only a comment\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("p.yaml:1:1: the document is empty");
        assertThat(problemOf("version: 1\nrules:\n\t- x\n".getBytes(StandardCharsets.UTF_8)))
                .startsWith("p.yaml:3:1: not YAML: ")
                .contains("TAB");
        assertThat(problemOf("version: 1\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo("p.yaml:2:6: not UTF-8 text: found the byte 0xE9; save the file as UTF-8");
        assertThat(problemOf("version: 1".getBytes(StandardCharsets.UTF_16LE))).startsWith("p.yaml:1:");
        assertThat(problemOf("a: 1\n--- \nb: 2\n".getBytes(StandardCharsets.UTF_8)))
                .contains("not YAML: ");
    }

    @Test
    void byte_order_mark_is_no_problem() {
        PolicyReading reading = PolicyReader.read(
                "\uFEFFversion: 1\nrules: [{name: r, when: {kind: delete}, then: hold}]"
                        .getBytes(StandardCharsets.UTF_8),
                "p.yaml",
                PolicySource.NONE);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.policy()).isNotNull();
    }

    @Test
    void few_aliases_cannot_make_a_small_file_large() {
        StringBuilder yaml = new StringBuilder("version: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 8; i++) {
            yaml.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        assertThat(PolicyReader.read(yaml.toString(), "p.yaml").problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains("aliases"));
    }

    private static PolicyReading reading(String yaml) {
        return PolicyReader.read("version: 1\n" + yaml, "p.yaml");
    }

    private static String problemOf(byte[] content) {
        PolicyReading reading = PolicyReader.read(content, "p.yaml", PolicySource.NONE);
        assertThat(reading.policy()).isNull();
        return reading.problems().get(0).toString();
    }

    private static void assertWarnings(String yaml, String... expected) {
        PolicyReading reading = reading(yaml);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.policy()).isNotNull();
        assertThat(reading.warnings().stream().map(PolicyProblem::toString)).containsExactly(expected);
    }
}
