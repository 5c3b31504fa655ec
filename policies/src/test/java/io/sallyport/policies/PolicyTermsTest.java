package io.sallyport.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Rehearsal;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.decision.Verdict;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTermsTest {
    @Test
    void decisions_carry_their_terms() {
        assertThat(decided("{delay: 10s}"))
                .isEqualTo(new Verdict(Decision.DELAY, "r", new Terms(null, Duration.ofSeconds(10), null)));
        assertThat(decided("{delay: {for: 2m, message: wait}}"))
                .isEqualTo(new Verdict(Decision.DELAY, "r", new Terms("wait", Duration.ofMinutes(2), null)));
        assertThat(decided("confirm")).isEqualTo(new Verdict(Decision.CONFIRM, "r", Terms.NONE));
        assertThat(decided("{confirm: {expires: 5m}}"))
                .isEqualTo(new Verdict(Decision.CONFIRM, "r", new Terms(null, Duration.ZERO, Duration.ofMinutes(5))));
        assertThat(decided("{hold: {expires: 24h, message: look}}"))
                .isEqualTo(new Verdict(Decision.HOLD, "r", new Terms("look", Duration.ZERO, Duration.ofHours(24))));
        assertThat(decided("{allow: {message: go}}")).isEqualTo(new Verdict(Decision.ALLOW, "r", Terms.message("go")));
    }

    @Test
    void default_may_be_any_decision() {
        Policy policy = PolicyFixture.policy("""
                default: {hold: {message: ask}}
                rules: [{name: r, when: {kind: select}, then: allow}]
                """);
        assertThat(PolicyFixture.verdict(policy, "DELETE FROM t", PolicyFixture.at(PolicyFixture.ALICE)))
                .isEqualTo(new Verdict(Decision.HOLD, "default", Terms.message("ask")))
                .isEqualTo(policy.otherwise());
    }

    @Test
    void longer_of_two_delays_is_the_stricter() {
        Policy policy = PolicyFixture.policy("""
                rules:
                  - {name: short, when: {kind: update}, then: {delay: 5s}}
                  - {name: long, when: {kind: delete}, then: {delay: 50s}}
                """);
        assertThat(PolicyFixture.verdict(
                                policy,
                                "WITH a AS (DELETE FROM t RETURNING *) UPDATE u SET x = 1",
                                PolicyFixture.at(PolicyFixture.ALICE))
                        .rule())
                .isEqualTo("long");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "delay                      | delay: expected how long as in {delay: 10s}, found nothing",
                "{delay: {message: x}}      | delay: expected how long as in {for: 10s}, found no 'for'",
                "{delay: 0s}                | expected a duration from 1s to 1h such as 30s, 10m or 1h, found '0s'",
                "{delay: 61m}               | expected a duration from 1s to 1h such as 30s, 10m or 1h, found '61m'",
                "{delay: 10}                | expected a duration from 1s to 1h such as 30s, 10m or 1h, found '10'",
                "{hold: {expires: 25h}}     | expected a duration from 1s to 24h such as 30s, 10m or 1h, found '25h'",
                "{hold: {expires: -1s}}     | expected a duration from 1s to 24h such as 30s, 10m or 1h, found '-1s'",
                "{deny: {expires: 1h}}      | unknown key 'expires' in 'deny'; expected one of approvers, message, quorum, safety, token, typed",
                "{hold: {rehearse: maybe}}  | rehearse: expected true, false, required or a mapping such as {required: true, functions: [app.tidy]}, found 'maybe'",
                "{hold: {rehearse: {must: true}}} | unknown key 'must' in 'rehearse'; expected one of functions, required",
                "{deny: {rehearse: true}}   | unknown key 'rehearse' in 'deny'; expected one of approvers, message, quorum, safety, token, typed",
                "{hold: hard}               | expected details such as {message: \"…\"}, found 'hard'",
                "hodl                       | unknown decision 'hodl'; did you mean 'hold'?"
            })
    void wrong_terms_are_problems(String then, String problem) {
        PolicyReading reading =
                PolicyReader.read("version: 1\nrules: [{name: r, when: {kind: select}, then: " + then + "}]", "p.yaml");
        assertThat(reading.policy()).isNull();
        assertThat(reading.problems().stream().map(PolicyProblem::message)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{message: x}                                          | NONE",
                "{rehearse: false}                                     | NONE",
                "{rehearse: true}                                      | asked",
                "{rehearse: required}                                  | required",
                "{rehearse: {required: true, functions: [app.tidy]}}   | required app.tidy",
                "{rehearse: {functions: tidy}}                         | asked tidy"
            })
    void rehearsal_is_read(String details, String expected) {
        Policy policy = PolicyFixture.policy("rules: [{name: r, when: {kind: delete}, then: {hold: " + details + "}}]");
        Rehearsal rehearsal = PolicyFixture.verdict(policy, "DELETE FROM t", PolicyFixture.at(PolicyFixture.ALICE))
                .terms()
                .rehearsal();
        String told = rehearsal.required() ? "required" : rehearsal.asked() ? "asked" : "NONE";
        assertThat((told + " " + String.join(" ", rehearsal.functions())).strip())
                .isEqualTo(expected);
    }

    @Test
    void two_rules_rehearse_only_what_both_authors_know() {
        Rehearsal one = new Rehearsal(true, false, Set.of("app.tidy", "app.move"));
        Rehearsal other = new Rehearsal(true, true, Set.of("app.move"));
        assertThat(one.and(other)).isEqualTo(other);
        assertThat(one.and(Rehearsal.NONE)).isEqualTo(one);
        assertThat(Rehearsal.NONE.and(one)).isEqualTo(one);
        assertThat(one.and(new Rehearsal(true, false, Set.of(Rehearsal.ANY)))).isEqualTo(one);
        assertThat(one.knows("app.tidy")).isTrue();
        assertThat(one.knows("tidy")).isFalse();
        assertThat(one.knows("other.tidy")).isFalse();
    }

    @Test
    void policy_that_observes_says_so() {
        assertThat(PolicyFixture.denying("{kind: delete}").observes()).isFalse();
        Policy policy = PolicyFixture.policy("mode: observe\nrules: [{name: r, when: {kind: delete}, then: deny}]");
        assertThat(policy.observes()).isTrue();
        assertThat(policy.describe()).contains("observes");
        assertThat(PolicyReader.read(
                                "version: 1\nmode: observ\nrules: [{name: r, when: {kind: delete}, then: deny}]",
                                "p.yaml")
                        .problems()
                        .toString())
                .contains("unknown mode 'observ'; did you mean 'observe'?");
    }

    @Test
    void rules_are_told_in_words() {
        Policy policy = PolicyFixture.policy("""
                timezone: Europe/Berlin
                rules:
                  - name: nights
                    when:
                      group: [write, ddl]
                      tables: [users, "app.*"]
                      not: {user: app, client: 10.0.0.0/8}
                      any: [{role: dba}, {days: sat-sun, hours: ["22:00-06:00"]}]
                      if: "statements > 1"
                    then: {hold: {expires: 90m, message: "wait for the morning"}}
                """);
        assertThat(policy.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.line()).isEqualTo(4);
            assertThat(rule.decision()).isEqualTo(Decision.HOLD);
            assertThat(rule.sentence())
                    .isEqualTo("hold (expires after 90m; says \"wait for the morning\") when the kind is of the group"
                            + " write or ddl and it names a table like users or app.* and either (the user is a"
                            + " member of dba) or (the time is 22:00-06:00 Europe/Berlin and the day is Saturday or"
                            + " Sunday (Europe/Berlin)) and not (the user is like app and the client is in"
                            + " 10.0.0.0/8) and the expression statements > 1 is true");
        });
    }

    private static Verdict decided(String then) {
        Policy policy = PolicyFixture.policy("rules: [{name: r, when: {kind: select}, then: " + then + "}]");
        return PolicyFixture.verdict(policy, "SELECT 1", PolicyFixture.at(PolicyFixture.ALICE));
    }
}
