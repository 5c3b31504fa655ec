package io.sallyport.policies;

import static io.sallyport.policies.PolicyFixture.ALICE;
import static io.sallyport.policies.PolicyFixture.at;
import static io.sallyport.policies.PolicyFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.effects.Effects;
import io.sallyport.policies.effects.TableEffect;
import io.sallyport.policies.rule.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectRulesTest {
    private static final Policy POLICY = policy("""
            effects:
              gate: {application: psql}
              rules:
                - {name: logs, when: {tables: "log_*", deleted: ">= 0"}, then: allow}
                - {name: billing, when: {tables: "billing.*", changed: "> 0"}, then: deny}
                - {name: gone, when: {deleted: "> 12"}, then: {hold: {expires: 2m}}}
                - {name: carol may, when: {user: carol, updated: "> 0"}, then: allow}
                - {name: touched, when: {updated: "> 1000"}, then: hold}
                - {name: schema, when: {catalogs: true}, then: hold}
                - {name: emptied, when: {locks: true, days: mon-fri}, then: deny}
            rules:
              - {name: r, when: {kind: truncate}, then: deny}
            """);

    private static Effects effects(TableEffect... tables) {
        return new Effects(List.of(tables), List.of(), List.of(), null);
    }

    private static TableEffect table(String schema, String name, long inserted, long updated, long deleted) {
        return new TableEffect(new TableName(schema, name), inserted, updated, deleted);
    }

    private static String rule(Effects effects) {
        return POLICY.effects().decide(effects, at(ALICE)).rule();
    }

    @ParameterizedTest
    @CsvSource({
        "public, users, 0, 0, 12, effects",
        "public, users, 0, 0, 13, gone",
        "public, users, 5000, 1000, 0, effects",
        "public, users, 0, 1001, 0, touched",
        "public, log_2026, 0, 0, 99999, effects",
        "other, log_2026, 0, 0, 99999, gone",
        "billing, invoices, 1, 0, 0, billing"
    })
    void the_first_rule_that_matches_a_table_decides(
            String schema, String name, long inserted, long updated, long deleted, String rule) {
        assertThat(rule(effects(table(schema, name, inserted, updated, deleted))))
                .isEqualTo(rule);
    }

    @Test
    void the_strictest_of_all_tables_counts() {
        assertThat(rule(effects(
                        table("public", "log_1", 0, 0, 50),
                        table("public", "users", 0, 0, 50),
                        table("billing", "invoices", 0, 1, 0))))
                .isEqualTo("billing");
    }

    @Test
    void partitions_of_a_table_are_counted_together() {
        assertThat(rule(effects(table("public", "users", 0, 0, 7), table("public", "users", 0, 0, 6))))
                .isEqualTo("gone");
    }

    @Test
    void catalogs_and_locks_have_rules_of_their_own() {
        assertThat(rule(new Effects(List.of(), List.of(table("pg_catalog", "pg_class", 1, 2, 0)), List.of(), null)))
                .isEqualTo("schema");
        assertThat(rule(new Effects(
                        List.of(), List.of(table("pg_catalog", "pg_class", 1, 2, 0)), List.of("users"), null)))
                .isEqualTo("emptied");
        assertThat(rule(Effects.NONE)).isEqualTo("effects");
    }

    @Test
    void what_was_not_measured_is_over_the_first_limit() {
        assertThat(rule(Effects.unmeasured("track_counts is off"))).isEqualTo("logs");
        Policy strict = policy("""
                effects:
                  gate: {user: "*"}
                  rules:
                    - {name: few, when: {deleted: "< 5"}, then: allow}
                    - {name: gone, when: {deleted: "> 12"}, then: deny}
                rules:
                  - {name: r, when: {kind: truncate}, then: deny}
                """);
        assertThat(strict.effects().decide(Effects.unmeasured("?"), at(ALICE)).decision())
                .isEqualTo(Decision.DENY);
    }

    @Test
    void the_gate_is_for_whom_it_names() {
        assertThat(POLICY.effects().gates(at(ALICE))).isTrue();
        assertThat(POLICY.effects().gates(at(new Subject("alice", "shop", "billing-job", "10.0.0.7"))))
                .isFalse();
        assertThat(policy("rules: [{name: r, when: {kind: delete}, then: deny}]")
                        .effects()
                        .gates(at(ALICE)))
                .isFalse();
    }

    @Test
    void they_are_explained_in_words() {
        assertThat(POLICY.describe())
                .contains("effects are looked at before COMMIT when the application is like psql")
                .contains("gone: hold (expires after 2m) before COMMIT when more than 12 rows deleted")
                .contains("schema: hold before COMMIT when system catalogs are changed")
                .contains(
                        "billing: deny before COMMIT when more than 0 rows inserted, updated or deleted and the table is like billing.*");
    }

    @Test
    void effects_are_within_others_that_are_as_many_or_more_of_the_same_tables() {
        Effects approved = effects(table("public", "users", 0, 5, 12));
        assertThat(effects(table("public", "users", 0, 5, 12)).within(approved)).isTrue();
        assertThat(effects(table("public", "users", 0, 0, 3)).within(approved)).isTrue();
        assertThat(effects(table("public", "users", 0, 0, 13)).within(approved)).isFalse();
        assertThat(effects(table("public", "orders", 0, 0, 1)).within(approved)).isFalse();
        assertThat(Effects.NONE.within(approved)).isTrue();
        assertThat(Effects.unmeasured("?").within(approved)).isFalse();
        assertThat(new Effects(List.of(), List.of(table("pg_catalog", "pg_class", 1, 2, 0)), List.of(), null)
                        .within(approved))
                .isFalse();
    }

    @Test
    void what_was_there_before_is_taken_off() {
        Effects before = effects(table("public", "users", 3, 0, 900));
        assertThat(effects(table("public", "users", 3, 0, 905), table("public", "t", 1, 0, 0))
                        .since(before))
                .isEqualTo(effects(table("public", "users", 0, 0, 5), table("public", "t", 1, 0, 0)));
        assertThat(before.since(before)).isEqualTo(Effects.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{gate: {user: a}} | effects have no 'rules'",
                "{gate: {kind: delete}, rules: [{name: a, when: {deleted: 1}, then: deny}]} | unknown key 'kind' in 'gate'; expected one of application, certificate, client, database, days, hours, role, timezone, user",
                "{gate: {user: a}, rules: [{name: a, when: {delted: 1}, then: deny}]} | unknown key 'delted' in 'when' of a rule on effects; did you mean 'deleted'?",
                "{gate: {user: a}, rules: [{name: a, when: {user: b}, then: deny}]} | nothing of what was done is asked; expected one of deleted, updated, inserted, changed, tables, catalogs, locks",
                "{gate: {user: a}, rules: [{name: a, when: {deleted: 1}, then: confirm}]} | what was done already is allowed, held or denied",
                "{gate: {}, rules: [{name: a, when: {deleted: 1}, then: deny}]} | no condition here: for everybody write {user: \"*\"}",
                "{gate: {user: a}, rules: []} | rules: expected a list of rules"
            })
    void mistakes_are_told(String effects, String problem) {
        assertThat(PolicyReader.read(
                                "version: 1\nrules: [{name: r, when: {kind: delete}, then: deny}]\neffects: " + effects,
                                "p.yaml")
                        .problems()
                        .stream()
                        .map(PolicyProblem::message))
                .anySatisfy(message -> assertThat(message).startsWith(problem));
    }
}
