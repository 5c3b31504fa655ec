package io.sallyport.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.approval.ApproverGroup;
import io.sallyport.policies.approval.Requirement;
import io.sallyport.policies.decision.Escalation;
import io.sallyport.policies.decision.SafetyNet;
import io.sallyport.policies.decision.SafetyTerms;
import io.sallyport.policies.decision.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetyTermsTest {
    @Test
    void hold_says_what_is_done_before_it_runs() {
        assertThat(safety("{hold: {safety: [restore_point, {backup_within: 24h}, {restore_tested_within: 90d}]}}"))
                .isEqualTo(new SafetyTerms(Map.of(
                        SafetyNet.RESTORE_POINT, Duration.ZERO,
                        SafetyNet.BACKUP_WITHIN, Duration.ofHours(24),
                        SafetyNet.RESTORE_TESTED_WITHIN, Duration.ofDays(90))));
        assertThat(safety("{hold: {message: look}}")).isEqualTo(SafetyTerms.NONE);
        assertThat(safety("hold")).isEqualTo(SafetyTerms.NONE);
    }

    @Test
    void denial_says_it_of_its_token() {
        assertThat(safety("{deny: {token: allowed, safety: [restore_point]}}").asks(SafetyNet.RESTORE_POINT))
                .isTrue();
    }

    @Test
    void rows_are_kept_by_a_word_alone() {
        SafetyTerms kept = safety("{hold: {safety: [keep_rows]}}");
        assertThat(kept.asks(SafetyNet.KEEP_ROWS)).isTrue();
        assertThat(kept.asksAges()).isFalse();
        assertThat(kept.described()).containsExactly("the rows that it changes are kept, and can be brought back");
    }

    @Test
    void two_holds_ask_for_the_nets_of_both_and_the_shorter_age() {
        Policy policy = PolicyFixture.policy("""
                rules:
                  - {name: u, when: {kind: update}, then: {hold: {safety: [{backup_within: 24h}, restore_point]}}}
                  - {name: d, when: {kind: delete}, then: {hold: {safety: [{backup_within: 1h}]}}}
                """);
        Verdict verdict = PolicyFixture.verdict(
                policy,
                "WITH a AS (DELETE FROM t RETURNING *) UPDATE u SET x = 1",
                PolicyFixture.at(PolicyFixture.ALICE));
        assertThat(verdict.terms().safety())
                .isEqualTo(new SafetyTerms(
                        Map.of(SafetyNet.RESTORE_POINT, Duration.ZERO, SafetyNet.BACKUP_WITHIN, Duration.ofHours(1))));
    }

    @Test
    void nets_are_told_in_words() {
        Policy policy = PolicyFixture.policy("""
                rules:
                  - name: r
                    when: {kind: delete}
                    then: {hold: {safety: [restore_point, {backup_within: 24h}, {restore_tested_within: 90d}]}}
                """);
        assertThat(policy.describe())
                .contains("needs a good backup within 24h; needs a restore that was tested within 90d; "
                        + "restore point before it runs");
    }

    @Test
    void policy_knows_which_nets_it_asks_for() {
        Policy policy = PolicyFixture.policy("""
                default: {hold: {safety: [{backup_within: 24h}]}}
                rules:
                  - {name: r, when: {kind: delete}, then: {hold: {safety: [restore_point]}}}
                """);
        assertThat(policy.safetyNets())
                .isEqualTo(Map.of(SafetyNet.RESTORE_POINT, "r", SafetyNet.BACKUP_WITHIN, "default"));
        assertThat(Policy.builtIn().safetyNets()).isEmpty();
    }

    @Test
    void a_net_that_is_not_there_may_ask_for_more_people() {
        String terms =
                "{hold: {safety: [{backup_within: {age: 24h, otherwise: {quorum: 2}}}, {restore_tested_within: {age: 90d}}]}}";
        assertThat(safety(terms))
                .isEqualTo(new SafetyTerms(
                        Map.of(SafetyNet.RESTORE_TESTED_WITHIN, Duration.ofDays(90)),
                        List.of(new Escalation(SafetyNet.BACKUP_WITHIN, Duration.ofHours(24), 2))));
        assertThat(safety(terms).described())
                .containsExactly(
                        "needs a restore that was tested within 90d",
                        "needs 2 people where there is no good backup within 24h");
        assertThat(safety(terms).asked()).containsExactly(SafetyNet.BACKUP_WITHIN, SafetyNet.RESTORE_TESTED_WITHIN);
    }

    @Test
    void more_people_are_of_the_same_groups_and_nobody_is_alone() {
        ApproverGroup dba = new ApproverGroup("dba", List.of("dba"), List.of());
        ApproverGroup leads = new ApproverGroup("leads", List.of("leads"), List.of());
        ApprovalTerms one = new ApprovalTerms(List.of(new Requirement(List.of(dba), 1)), true, false, List.of(leads));
        assertThat(one.by(2))
                .isEqualTo(new ApprovalTerms(List.of(new Requirement(List.of(dba), 2)), true, false, List.of()));
        ApprovalTerms each = new ApprovalTerms(
                List.of(new Requirement(List.of(dba), 1), new Requirement(List.of(leads), 1)), false, false, List.of());
        assertThat(each.by(3).requirements())
                .containsExactly(
                        new Requirement(List.of(dba), 1),
                        new Requirement(List.of(leads), 1),
                        new Requirement(List.of(dba, leads), 3));
        assertThat(ApprovalTerms.NONE.by(2).requirements()).containsExactly(new Requirement(List.of(), 2));
        assertThat(new ApprovalTerms(List.of(new Requirement(List.of(dba), 4)), false, false, List.of())
                        .by(2)
                        .requirements())
                .containsExactly(new Requirement(List.of(dba), 4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{hold: {safety: restore_point}}    | 1:76 | safety: expected a list such as [restore_point, {backup_within: 24h}], found 'restore_point'",
                "{hold: {safety: []}}               | 1:76 | safety: expected a list such as [restore_point, {backup_within: 24h}], found an empty list",
                "{hold: {safety: [restore_pont]}}   | 1:77 | unknown safety net 'restore_pont'; did you mean 'restore_point'?",
                "{hold: {safety: [{backup: 1h}]}}   | 1:78 | unknown safety net 'backup'; expected one of backup_within, keep_rows, restore_point, restore_tested_within",
                "{hold: {safety: [backup_within]}}  | 1:77 | backup_within: expected how old as in {backup_within: 24h}",
                "{hold: {safety: [{restore_point: 1h}]}} | 1:93 | restore_point: nothing is said behind it; write it alone",
                "{hold: {safety: [{backup_within: soon}]}} | 1:93 | expected a duration from 1s to 3660d such as 30s, 10m or 1h, found 'soon'",
                "{hold: {safety: [restore_point, restore_point]}} | 1:92 | the safety net 'restore_point' is here twice",
                "{hold: {safety: [{backup_within: {otherwise: {quorum: 2}}}]}} | 1:93 | backup_within: expected how old as in {age: 24h}, found no 'age'",
                "{hold: {safety: [{backup_within: {age: 1h, otherwise: {}}}]}} | 1:114 | otherwise: expected {quorum: 2}, found no 'quorum'",
                "{hold: {safety: [{backup_within: {age: 1h, otherwise: {quorum: 1}}}]}} | 1:123 | quorum: expected a number of people from 2 to 20, found '1'",
                "{hold: {safety: [{backup_within: {age: 1h, else: 2}}]}} | 1:103 | unknown key 'else' in 'backup_within'; expected one of age, otherwise",
                "{deny: {token: allowed, safety: [{backup_within: {age: 1h, otherwise: {quorum: 2}}}]}} | 1:130 | otherwise: what a token runs is refused where the net is not there",
                "{deny: {safety: [restore_point]}}  | 1:76 | 'safety' of a deny says what is done before a token runs it; expected token: allowed beside it",
                "{delay: {for: 1s, safety: [restore_point]}} | 1:78 | unknown key 'safety' in 'delay'; expected one of for, message",
            })
    void wrong_nets_are_problems_with_their_place(String then, String place, String problem) {
        PolicyReading reading = PolicyReader.read(
                "{version: 1, rules: [{name: r, when: {kind: select}, then: " + then + "}]}", "p.yaml");
        assertThat(reading.policy()).isNull();
        assertThat(reading.problems()).hasSize(1);
        assertThat(reading.problems().get(0).message()).isEqualTo(problem);
        PolicyProblem found = reading.problems().get(0);
        assertThat(found.line() + ":" + found.column()).isEqualTo(place);
    }

    private static SafetyTerms safety(String then) {
        PolicyReading reading =
                PolicyReader.read("version: 1\nrules: [{name: r, when: {kind: select}, then: " + then + "}]", "p.yaml");
        assertThat(reading.problems()).isEmpty();
        return PolicyFixture.verdict(
                        Objects.requireNonNull(reading.policy()), "SELECT 1", PolicyFixture.at(PolicyFixture.ALICE))
                .terms()
                .safety();
    }
}
