package io.sallyport.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.approval.ApprovalTerms;
import io.sallyport.policies.approval.ApproverGroup;
import io.sallyport.policies.approval.Identity;
import io.sallyport.policies.approval.OidcSubject;
import io.sallyport.policies.approval.People;
import io.sallyport.policies.approval.Requirement;
import io.sallyport.policies.approval.Standing;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Rehearsal;
import io.sallyport.policies.decision.SafetyTerms;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.decision.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalTermsReadTest {
    private static final ApproverGroup DBA = new ApproverGroup("dba", List.of("dba_team"), List.of("carol"));
    private static final ApproverGroup LEADS = new ApproverGroup("leads", List.of(), List.of("dave", "erin"));
    private static final String GROUPS = """
            approvers:
              dba: {role: dba_team, users: [carol]}
              leads: {users: [dave, erin]}
            """;

    @Test
    void hold_says_who_has_to_agree_and_how() {
        assertThat(terms("{approvers: [dba, leads], quorum: 2, reason: required, typed: required, "
                        + "break_glass: {role: oncall}}"))
                .isEqualTo(new ApprovalTerms(
                        List.of(new Requirement(List.of(DBA, LEADS), 2)),
                        true,
                        true,
                        List.of(new ApproverGroup("break_glass", List.of("oncall"), List.of()))));
        assertThat(terms("{approvers: dba}").requirements()).containsExactly(new Requirement(List.of(DBA), 1));
        assertThat(terms("{message: look}")).isEqualTo(ApprovalTerms.NONE);
    }

    @Test
    void some_of_each_group_are_different_people() {
        assertThat(terms("{approvers: {dba: 1, leads: 2}}").requirements())
                .containsExactly(
                        new Requirement(List.of(DBA), 1),
                        new Requirement(List.of(LEADS), 2),
                        new Requirement(List.of(DBA, LEADS), 3));
        assertThat(terms("{approvers: {dba: 2}}").requirements()).containsExactly(new Requirement(List.of(DBA), 2));
    }

    @Test
    void some_of_each_group_are_told_in_words() {
        Policy policy = PolicyFixture.policy(GROUPS + """
                rules:
                  - {name: r, when: {kind: delete}, then: {hold: {approvers: {dba: 1, leads: 2}}}}
                """);
        assertThat(policy.describe())
                .contains("hold (approved by 1 of dba (members of dba_team; carol), and by 2 of leads (dave, erin),"
                        + " all of them different people)");
    }

    @Test
    void what_is_asked_of_one_group_elsewhere_is_not_taken_for_different_people() {
        ApprovalTerms each = terms("{approvers: {dba: 1, leads: 1}}");
        ApprovalTerms both = terms("{approvers: dba, quorum: 2}").and(each);
        assertThat(both.requirements())
                .containsExactly(new Requirement(List.of(DBA), 2), new Requirement(List.of(LEADS), 1));
        assertThat(each.and(terms("{approvers: [dba, leads], quorum: 3}")).told())
                .contains(new Requirement(List.of(DBA, LEADS), 3));
    }

    @Test
    void terms_are_told_in_words() {
        Policy policy = PolicyFixture.policy(GROUPS + """
                rules:
                  - name: r
                    when: {kind: delete}
                    then: {hold: {approvers: [dba, leads], quorum: 2, reason: required, typed: required, break_glass: {users: zoe}}}
                """);
        assertThat(policy.describe())
                .contains("hold (approved by 2 of dba (members of dba_team; carol) or leads (dave, erin);"
                        + " the requester gives a reason; an approver types the name; break-glass by zoe)");
    }

    @Test
    void denial_takes_a_token_where_it_says_so() {
        Policy policy = PolicyFixture.policy(GROUPS + """
                rules:
                  - {name: flat, when: {kind: truncate}, then: deny}
                  - name: r
                    when: {kind: delete}
                    then: {deny: {token: allowed, approvers: dba, quorum: 2, message: "ask"}}
                """);
        assertThat(policy.describe())
                .contains("deny (an approval token runs it; approved by 2 of dba (members of dba_team; carol);"
                        + " says \"ask\")");
        Verdict flat = new Verdict(Decision.DENY, "flat", Terms.NONE);
        Verdict byToken = new Verdict(
                Decision.DENY,
                "r",
                new Terms(null, Duration.ZERO, null, ApprovalTerms.NONE, true, SafetyTerms.NONE, Rehearsal.NONE));
        assertThat(byToken.strictest(flat)).isEqualTo(flat);
        assertThat(flat.strictest(byToken)).isEqualTo(flat);
        assertThat(byToken.takesToken()).isTrue();
        assertThat(flat.takesToken()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{token: required} | 6:17: unknown value of 'token' 'required'; expected one of allowed",
                "{approvers: dba}  | 6:21: 'approvers' of a deny says who may grant a token; expected token: allowed beside it",
                "{quorum: 2}       | 6:18: 'quorum' of a deny says who may grant a token; expected token: allowed beside it",
                "{token: allowed, quorum: 0} | 6:34: quorum: expected a number of people from 1 to 20, found '0'",
                "{reason: required} | 6:10: unknown key 'reason' in 'deny'"
            })
    void wrong_terms_of_a_token_are_problems_with_their_place(String deny, String problem) {
        String yaml =
                "version: 1\n" + GROUPS + "rules: [{name: r, when: {kind: delete}, then:\n {deny: " + deny + "}}]";
        assertThat(PolicyReader.read(yaml, "p.yaml").problems())
                .extracting(found -> found.line() + ":" + found.column() + ": " + found.message())
                .anyMatch(found -> found.startsWith(problem));
    }

    @Test
    void two_rules_that_hold_one_statement_ask_together_for_what_each_asks() {
        Policy policy = PolicyFixture.policy(GROUPS + """
                rules:
                  - {name: one, when: {kind: update}, then: {hold: {approvers: leads, expires: 1h, break_glass: {users: zoe}}}}
                  - {name: two, when: {kind: delete}, then: {hold: {approvers: dba, quorum: 2, expires: 5m, reason: required}}}
                  - {name: any, when: {kind: insert}, then: hold}
                """);
        Verdict both = PolicyFixture.verdict(
                policy,
                "WITH a AS (DELETE FROM t RETURNING *) UPDATE u SET x = 1",
                PolicyFixture.at(PolicyFixture.ALICE));
        assertThat(both.rule()).isEqualTo("one");
        assertThat(both.terms().approval())
                .isEqualTo(new ApprovalTerms(
                        List.of(new Requirement(List.of(LEADS), 1), new Requirement(List.of(DBA), 2)),
                        true,
                        false,
                        List.of()));
        assertThat(both.terms().expires()).hasMinutes(5);
        assertThat(PolicyFixture.verdict(
                                policy,
                                "WITH a AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM a",
                                PolicyFixture.at(PolicyFixture.ALICE))
                        .rule())
                .isEqualTo("two");
    }

    @Test
    void people_are_one_by_role_by_certificate_and_by_the_map() {
        People people = PolicyFixture.policy("""
                        people:
                          alice: [alice, alice_admin]
                          bob: {roles: bob, certificates: ["CN=bob,O=Example"]}
                        shared_roles: [deploy]
                        rules: [{name: r, when: {kind: select}, then: allow}]
                        """).people();
        assertThat(people.same(id("alice", null), id("alice_admin", null))).isTrue();
        assertThat(people.same(id("alice", null), id("bob", null))).isFalse();
        assertThat(people.same(id("bob", null), id("deploy", "cn=bob, o=example")))
                .isTrue();
        assertThat(people.same(id("x", "CN=x"), id("y", "cn = x"))).isTrue();
        assertThat(people.same(id("x", null), id("y", null))).isFalse();
        assertThat(people.hidden(id("deploy", null))).isTrue();
        assertThat(people.hidden(id("deploy", "CN=bob,O=Example"))).isFalse();
        assertThat(people.hidden(id("x", null))).isFalse();
    }

    @Test
    void people_are_told_in_words() {
        Policy policy = PolicyFixture.policy("""
                people: {bob: {roles: [bob, bob_admin], certificates: "CN=bob"}}
                shared_roles: [deploy, app]
                rules: [{name: r, when: {kind: select}, then: allow}]
                """);
        assertThat(policy.describe())
                .contains(
                        "bob is one person: the role bob, the role bob_admin, the certificate CN=bob\n",
                        "because several people use them: app, deploy\n");
    }

    @Test
    void a_group_counts_members_only_where_the_server_was_asked() {
        assertThat(DBA.includes(Standing.role("carol", null))).isTrue();
        assertThat(DBA.includes(Standing.role("bob", null))).isFalse();
        assertThat(DBA.undecided(Standing.role("bob", null))).isTrue();
        assertThat(DBA.includes(Standing.role("bob", Set.of("bob", "dba_team"))))
                .isTrue();
        assertThat(DBA.includes(Standing.role("dba_team", Set.of("dba")))).isFalse();
    }

    @Test
    void a_group_counts_claims_of_tokens_and_never_takes_one_for_a_role_or_a_role_for_one() {
        ApproverGroup sre = new ApproverGroup("sre", List.of("dba_team"), List.of("carol"), List.of("oncall"));
        assertThat(sre.includes(claiming("oncall", "x"))).isTrue();
        assertThat(sre.includes(claiming("dba_team"))).isFalse();
        assertThat(sre.includes(claiming("carol"))).isFalse();
        assertThat(sre.undecided(claiming("carol"))).isFalse();
        assertThat(sre.undecided(new Standing(null, null, null))).isTrue();
        assertThat(sre.includes(new Standing(null, null, null))).isFalse();
        assertThat(sre.includes(Standing.role("bob", Set.of("oncall")))).isFalse();
        assertThat(DBA.undecided(new Standing(null, null, null))).isFalse();
    }

    private static Standing claiming(String... claims) {
        return new Standing(null, null, Set.of(claims));
    }

    @Test
    void groups_and_people_of_an_issuer_are_read_and_told() {
        Policy policy = PolicyFixture.policy("""
                approvers: {sre: {claims: [oncall, /sre]}}
                people: {bob: {roles: bob, oidc: ["https://a.example#1", "https://b.example/x/#b@c#d"]}}
                rules: [{name: r, when: {kind: delete}, then: {hold: {approvers: sre, quorum: 3}}}]
                """);
        assertThat(policy.describe())
                .contains(
                        "approved by 3 of sre (whoever has the claim oncall or /sre)",
                        "the role bob, the OIDC subject https://a.example#1, the OIDC subject https://b.example/x/#b@c#d");
        People people = policy.people();
        Identity bob = new Identity(new OidcSubject("https://b.example/x/", "b@c#d"));
        assertThat(people.same(bob, id("bob", null))).isTrue();
        assertThat(people.same(bob, new Identity(new OidcSubject("https://a.example", "1"))))
                .isTrue();
        assertThat(people.unmapped(bob)).isFalse();
    }

    @Test
    void a_subject_is_nobody_else_and_unmapped_where_the_map_lacks_it() {
        People people = PolicyFixture.policy("""
                        people: {bob: {roles: bob, oidc: "https://a.example#bob"}}
                        rules: [{name: r, when: {kind: select}, then: allow}]
                        """).people();
        for (OidcSubject other : List.of(
                new OidcSubject("https://b.example", "bob"),
                new OidcSubject("https://a.example/", "bob"),
                new OidcSubject("https://a.example", "Bob"))) {
            assertThat(people.same(new Identity(other), id("bob", null))).isFalse();
            assertThat(people.unmapped(new Identity(other))).isTrue();
        }
        Identity twin = new Identity(new OidcSubject("https://b.example", "x"));
        assertThat(people.same(twin, new Identity(new OidcSubject("https://b.example", "x"))))
                .isTrue();
        assertThat(people.unmapped(id("zoe", null))).isFalse();
        assertThat(people.hidden(twin)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{approvers: dbas}             | 6:21: unknown group of approvers 'dbas'; did you mean 'dba'?",
                "{approvers: []}               | 6:21: expected a group of approvers, or a list of them, found an empty list",
                "{quorum: 0}                   | 6:18: quorum: expected a number of people from 1 to 20, found '0'",
                "{quorum: two}                 | 6:18: quorum: expected a number of people from 1 to 20, found 'two'",
                "{approvers: leads, quorum: 3} | 6:36: quorum: 3 of 2 can never be reached",
                "{approvers: {dba: 1, lead: 1}} | 6:30: unknown group of approvers 'lead'; did you mean 'leads'?",
                "{approvers: {dba: 0}}         | 6:27: dba: expected a number of people from 1 to 20, found '0'",
                "{approvers: {}}               | 6:21: expected 1 to 4 groups of approvers, found 0",
                "{approvers: {leads: 3}}       | 6:21: approvers: 3 of 2 can never be reached",
                "{approvers: {dba: 1, leads: 1}, quorum: 2} | 6:49: quorum: each group under 'approvers' has its own number here",
                "{reason: optional}            | 6:18: unknown value of 'reason' 'optional'; expected one of required",
                "{break_glass: oncall}         | 6:23: expected people such as {role: dba_team, users: [carol]}, found 'oncall'",
                "{break_glass: {}}             | 6:23: 'break_glass' is nobody: expected 'role' or 'users'",
                "{break_glass: {claims: sre}}  | 6:24: unknown key 'claims' in 'break_glass'; expected one of role, users",
                "{break_glass: {users: 'a*'}}  | 6:31: expected the exact name of a login role, found 'a*'",
                "{qorum: 2}                    | 6:10: unknown key 'qorum' in 'hold'; did you mean 'quorum'?"
            })
    void wrong_terms_of_a_hold_are_problems_with_their_place(String hold, String problem) {
        String yaml =
                "version: 1\n" + GROUPS + "rules: [{name: r, when: {kind: delete}, then:\n {hold: " + hold + "}}]";
        assertThat(PolicyReader.read(yaml, "p.yaml").problems())
                .extracting(found -> found.line() + ":" + found.column() + ": " + found.message())
                .containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "people: {a: [x], b: [y, x]}       | 2:25: the role 'x' is in 'b' and in 'a', line 2",
                "people: {a: {certificates: CN=x}, b: {certificates: 'cn=X'}} | 2:53: the certificate 'cn=X' is in 'b' and in 'a', line 2",
                "people: {a: {certificates: x}}    | 2:28: expected the subject of a certificate such as \"CN=alice,O=Example\", or a list of them, found 'x'",
                "people: {a: {}}                   | 2:13: 'a' is nobody: expected 'roles', 'certificates' or 'oidc'",
                "people: {a: {oidc: alice}}        | 2:20: expected an issuer and its subject such as \"https://login.example#248289761001\", or a list of them, found 'alice'",
                "people: {a: {oidc: 'https://i#x'}, b: {oidc: 'https://i#x'}} | 2:46: the OIDC subject 'https://i#x' is in 'b' and in 'a', line 2",
                "people: {a: {role: x}}            | 2:14: unknown key 'role' in a person; did you mean 'roles'?",
                "`people: {a: x}\nshared_roles: [x]` | 3:16: the role 'x' is in 'shared_roles' and in 'a', line 2",
                "approvers: {dba: {}}              | 2:18: 'dba' is nobody: expected 'role', 'users' or 'claims'",
                "approvers: {dba: {user: x}}       | 2:19: unknown key 'user' in 'dba'; did you mean 'users'?"
            })
    void contradictions_about_people_are_problems(String section, String problem) {
        String yaml = "version: 1\n" + section + "\nrules: [{name: r, when: {kind: delete}, then: hold}]";
        assertThat(PolicyReader.read(yaml, "p.yaml").problems())
                .extracting(found -> found.line() + ":" + found.column() + ": " + found.message())
                .containsExactly(problem);
    }

    @Test
    void included_files_bring_groups_and_people() {
        String yaml = """
                version: 1
                include: people.yaml
                approvers: {dba: {role: x}}
                rules: [{name: r, when: {kind: delete}, then: {hold: {approvers: [dba, leads]}}}]
                """;
        String included = "approvers: {leads: {users: dave}}\npeople: {alice: [alice, ally]}\nshared_roles: app";
        PolicyReading reading = PolicyReader.read(yaml, "p.yaml", source(included));
        assertThat(reading.problems()).isEmpty();
        assertThat(Objects.requireNonNull(reading.policy()).people().sharedRoles())
                .containsExactly("app");
        assertThat(PolicyReader.read(yaml, "p.yaml", source(included + "\n" + "lists: {}\n"))
                        .problems())
                .isEmpty();
        assertThat(PolicyReader.read(yaml, "p.yaml", source("approvers: {dba: {role: y}, leads: {role: z}}"))
                        .problems())
                .extracting(PolicyProblem::message)
                .containsExactly("a group of approvers 'dba' is already in line 3 of p.yaml");
    }

    private static PolicySource source(String content) {
        return (name, from) ->
                new PolicySource.Included.Found(name, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Identity id(String role, @org.jspecify.annotations.Nullable String certificate) {
        return new Identity(role, certificate);
    }

    private static ApprovalTerms terms(String hold) {
        Policy policy =
                PolicyFixture.policy(GROUPS + "rules: [{name: r, when: {kind: select}, then: {hold: " + hold + "}}]");
        return PolicyFixture.verdict(policy, "SELECT 1", PolicyFixture.at(PolicyFixture.ALICE))
                .terms()
                .approval();
    }
}
