package io.sallyport.policies;

import static io.sallyport.policies.PolicyFixture.denying;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.rule.Circumstances;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeConditionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{hours: '22:00-06:00'}                          | 2026-11-21T22:00:00Z     | true",
                "{hours: '22:00-06:00'}                          | 2026-11-21T02:00:00Z     | true",
                "{hours: '22:00-06:00'}                          | 2026-11-21T06:00:00Z     | false",
                "{hours: '22:00-06:00'}                          | 2026-11-21T05:59:59.999Z | true",
                "{hours: '22:00-06:00'}                          | 2026-11-21T21:59:59Z     | false",
                "{hours: '09:00-17:00'}                          | 2026-11-21T09:00:00Z     | true",
                "{hours: '09:00-17:00'}                          | 2026-11-21T17:00:00Z     | false",
                "{hours: ['09:00-10:00', '17:00-24:00']}         | 2026-11-21T23:59:59Z     | true",
                "{hours: ['09:00-10:00', '17:00-24:00']}         | 2026-11-21T00:00:00Z     | false",
                "{hours: '00:00-24:00'}                          | 2026-11-21T00:00:00Z     | true",
                "{hours: '00:00-24:00'}                          | 2026-11-21T13:00:00Z     | true",
                "{hours: '01:00-02:00', timezone: Europe/Berlin} | 2026-11-21T00:30:00Z     | true",
                "{hours: '01:00-02:00', timezone: Europe/Berlin} | 2026-07-21T00:30:00Z     | false",
                "{days: sat}                                     | 2026-11-21T12:00:00Z     | true",
                "{days: [mon, wed-fri]}                          | 2026-11-24T12:00:00Z     | false",
                "{days: [mon, wed-fri]}                          | 2026-11-25T12:00:00Z     | true",
                "{days: fri-mon}                                 | 2026-11-22T12:00:00Z     | true",
                "{days: fri-mon}                                 | 2026-11-24T12:00:00Z     | false",
                "{days: sun, timezone: Asia/Tokyo}               | 2026-11-21T15:00:00Z     | true",
                "{not: {days: mon-fri, hours: '08:00-18:00'}}    | 2026-11-23T07:00:00Z     | true",
                "{not: {days: mon-fri, hours: '08:00-18:00'}}    | 2026-11-23T08:00:00Z     | false"
            })
    void hours_and_days_are_those_of_the_zone(String when, String at, boolean holds) {
        assertThat(denied(denying(when), at)).isEqualTo(holds);
    }

    @Test
    void zone_of_the_policy_holds_unless_the_rule_has_its_own() {
        Policy policy = PolicyFixture.policy("""
                timezone: America/New_York
                rules:
                  - {name: r, when: {hours: "02:00-03:00"}, then: deny}
                  - {name: utc, when: {hours: "02:00-03:00", timezone: UTC}, then: deny}
                """);
        assertThat(denied(policy, "2026-11-21T07:30:00Z")).isTrue();
        assertThat(denied(policy, "2026-11-21T02:30:00Z")).isFalse();
        assertThat(verdict(policy, "2026-11-21T02:30:00Z")).isEqualTo("utc");
    }

    @Test
    void zone_of_a_rule_is_also_that_of_the_conditions_inside() {
        Policy policy = denying("{hours: '00:00-24:00', timezone: Asia/Tokyo, not: {hours: '09:00-18:00'}}");
        assertThat(denied(policy, "2026-11-21T01:00:00Z")).isFalse();
        assertThat(denied(policy, "2026-11-21T12:00:00Z")).isTrue();
    }

    private static boolean denied(Policy policy, String at) {
        return verdict(policy, at).equals("r");
    }

    private static String verdict(Policy policy, String at) {
        Circumstances circumstances = new Circumstances(PolicyFixture.ALICE, Instant.parse(at), 1);
        return PolicyFixture.verdict(policy, "SELECT 1", circumstances).rule();
    }
}
