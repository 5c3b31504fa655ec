package io.sallyport.policies;

import static io.sallyport.policies.PolicyFixture.denies;
import static io.sallyport.policies.PolicyFixture.denying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Subject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectConditionsTest {
    private static final Subject ALICE = PolicyFixture.ALICE;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "10.0.0.0/8               | 10.1.2.3              | true",
                "10.0.0.0/8               | 11.1.2.3              | false",
                "10.1.2.3/8               | 10.9.9.9              | true",
                "[192.168.1.5, 10.0.0.1]  | 192.168.1.5           | true",
                "192.168.1.5              | 192.168.1.6           | false",
                "'2001:db8::/32'          | 2001:db8:5::1         | true",
                "'2001:db8::/32'          | 2001:db9::1           | false",
                "'fe80::/10'              | fe80::1%eth0          | true",
                "10.0.0.0/8               | ::ffff:10.1.2.3       | true",
                "'::ffff:10.1.2.3'        | 10.1.2.3              | true",
                "'::1'                    | 127.0.0.1             | false",
                "'::/0'                   | 10.0.0.1              | false",
                "0.0.0.0/0                | ``                    | false",
                "0.0.0.0/0                | unix                  | false",
                "0.0.0.0/0                | db.example.com        | false"
            })
    void client_lies_in_a_network_or_does_not(String networks, String address, boolean holds) {
        Subject subject = new Subject("alice", "shop", "psql", address);
        assertThat(denies(denying("{client: " + networks + "}"), "SELECT 1", subject))
                .isEqualTo(holds);
    }

    @Test
    void role_is_membership_asked_of_the_server() {
        Policy policy = denying("{role: [dba, 'ops_*']}");
        assertThat(policy.asksRoles()).isTrue();
        assertThat(denies(policy, "SELECT 1", withRoles(Set.of("alice", "ops_night"))))
                .isTrue();
        assertThat(denies(policy, "SELECT 1", withRoles(Set.of("alice")))).isFalse();
    }

    @Test
    void role_that_nobody_asked_for_is_an_exception_and_never_a_no() {
        assertThatThrownBy(() -> denies(denying("{role: dba}"), "SELECT 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("roles of 'alice'");
        assertThatThrownBy(() -> denies(denying("{not: {role: dba}}"), "SELECT 1"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> denies(denying("{any: [{kind: delete}, {role: dba}]}"), "SELECT 1"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(denies(denying("{kind: delete, role: dba}"), "SELECT 1")).isFalse();
    }

    @Test
    void policy_without_roles_asks_for_none() {
        assertThat(Policy.builtIn().asksRoles()).isFalse();
        assertThat(denying("{user: alice}").asksRoles()).isFalse();
        assertThat(denying("{not: {any: [{role: a}]}}").asksRoles()).isTrue();
    }

    @Test
    void certificate_is_like_a_pattern_and_no_certificate_is_like_none() {
        Policy policy = denying("{certificate: '*,O=Example'}");
        Subject certain = new Subject("alice", "shop", "psql", "", "CN=alice,O=Example", null);
        assertThat(denies(policy, "SELECT 1", certain)).isTrue();
        assertThat(denies(policy, "SELECT 1")).isFalse();
        assertThat(denies(denying("{certificate: '*'}"), "SELECT 1")).isFalse();
        assertThat(denies(denying("{not: {certificate: '*'}}"), "SELECT 1")).isTrue();
    }

    @Test
    void people_are_those_who_are_no_program() {
        Policy policy = PolicyFixture.policy("""
                lists:
                  programs: [app, "svc_*"]
                rules:
                  - name: r
                    when: {kind: delete, not: {user: $programs}}
                    then: deny
                """);
        assertThat(denies(policy, "DELETE FROM t")).isTrue();
        assertThat(denies(policy, "DELETE FROM t", new Subject("app", "shop", "psql", "")))
                .isFalse();
        assertThat(denies(policy, "DELETE FROM t", new Subject("svc_mail", "shop", "psql", "")))
                .isFalse();
        assertThat(denies(policy, "SELECT 1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'>= 2', 1, false",
        "'>= 2', 2, true",
        "3, 3, true",
        "3, 4, false",
        "'!= 3', 4, true",
        "'<2', 1, true",
        "'<= 2', 3, false",
        "'> 2', 3, true",
        "'= 2', 2, true"
    })
    void number_of_statements_is_compared(String comparison, int statements, boolean holds) {
        Policy policy = denying("{statements: \"" + comparison + "\"}");
        assertThat(policy.decide(
                                PolicyFixture.facts("SELECT 1"),
                                new Circumstances(ALICE, PolicyFixture.NOON, statements))
                        .rule()
                        .equals("r"))
                .isEqualTo(holds);
    }

    private static Subject withRoles(Set<String> roles) {
        return new Subject("alice", "shop", "psql", "", null, roles);
    }
}
