package io.sallyport.policies;

import static io.sallyport.policies.PolicyFixture.denies;
import static io.sallyport.policies.PolicyFixture.denying;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.ObjectName;
import io.sallyport.policies.analysis.SettingChange;
import io.sallyport.policies.analysis.SettingChange.Scope;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.decision.Decision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementConditionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{group: ddl}                       | CREATE TABLE t (a int)        | true",
                "{group: ddl}                       | INSERT INTO t VALUES (1)      | false",
                "{group: [write, privilege]}        | GRANT ALL ON t TO joe         | true",
                "{group: [write, privilege]}        | COPY t FROM STDIN             | true",
                "{group: [write, privilege]}        | SELECT 1                      | false",
                "{group: transaction}               | ROLLBACK TO a                 | true",
                "{group: cursor}                    | FETCH c                       | true",
                "{group: cluster}                   | DROP DATABASE d               | true",
                "{group: cluster}                   | DROP TABLE d                  | false",
                "{kind: [delete, 'drop_*']}         | DROP INDEX i                  | true",
                "{not: {kind: [select, show]}}      | SHOW a                        | false",
                "{not: {kind: [select, show]}}      | DELETE FROM t                 | true",
                "{not: {kind: delete, where: present}} | DELETE FROM t              | true",
                "{not: {kind: delete, where: present}} | DELETE FROM t WHERE a = 1  | false",
                "{any: [{kind: delete}, {tables: u}]} | SELECT * FROM u             | true",
                "{any: [{kind: delete}, {tables: u}]} | DELETE FROM t               | true",
                "{any: [{kind: delete}, {tables: u}]} | SELECT * FROM t             | false",
                "{readable: false}                  | DELETE users                  | true",
                "{functions: lo_unlink}             | SELECT lo_unlink(1)           | true",
                "{functions: pg_catalog.lo_unlink}  | SELECT lo_unlink(1)           | true",
                "{functions: 'pg_catalog.lo_*'}     | SELECT app.lo_unlink(1)       | false",
                "{functions: 'lo_*'}                | SELECT app.lo_unlink(1)       | true",
                "{functions: 'LO_UNLINK'}           | SELECT lo_unlink(1)           | true",
                "{functions: 'dblink*'}             | SELECT lower('a')             | false",
                "{function_group: large_objects}    | SELECT lo_unlink(1)           | true",
                "{function_group: [terminates, second_way]} | SELECT dblink_exec('a') | true",
                "{function_group: terminates}       | SELECT lo_unlink(1)           | false"
            })
    void conditions_on_the_statement_hold_where_they_should(String when, String sql, boolean holds) {
        assertThat(denies(denying(when), sql)).isEqualTo(holds);
    }

    @Test
    void own_functions_join_a_group_or_make_one() {
        Policy policy = PolicyFixture.policy("""
                function_groups:
                  terminates: app.kick
                  purges: ["app.purge_*", vacuum_now]
                rules:
                  - {name: r, when: {function_group: [terminates, purges]}, then: deny}
                """);
        assertThat(denies(policy, "SELECT app.kick()")).isTrue();
        assertThat(denies(policy, "SELECT pg_terminate_backend(1)")).isTrue();
        assertThat(denies(policy, "SELECT app.purge_all()")).isTrue();
        assertThat(denies(policy, "SELECT x.vacuum_now()")).isTrue();
        assertThat(denies(policy, "SELECT app.list()")).isFalse();
    }

    @Test
    void settings_match_by_name_and_value_and_what_is_not_shown_matches() {
        Policy policy = denying("{settings: [search_path, {name: 'work_*', value: '*gb'}]}");
        assertThat(deniesSetting(policy, "search_path", null)).isTrue();
        assertThat(deniesSetting(policy, "work_mem", "4GB")).isTrue();
        assertThat(deniesSetting(policy, "work_mem", "4MB")).isFalse();
        assertThat(deniesSetting(policy, "work_mem", null)).isTrue();
        assertThat(deniesSetting(policy, "*", null)).isTrue();
        assertThat(deniesSetting(policy, "?", null)).isTrue();
        assertThat(deniesSetting(policy, "statement_timeout", "0")).isFalse();
    }

    @Test
    void guarding_stands_for_the_settings_that_guard() {
        Policy policy = denying("{settings: guarding}");
        assertThat(deniesSetting(policy, "session_replication_role", "replica")).isTrue();
        assertThat(deniesSetting(policy, "standard_conforming_strings", "off")).isTrue();
        assertThat(deniesSetting(policy, "application_name", "x")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "database production_*       | database       |      | production_db | true",
                "database production_*       | schema         |      | production_db | false",
                "production_*                | schema         |      | production_db | true",
                "foreign table app.*         | foreign_table  | app  | t             | true",
                "foreign_table app.*         | foreign_table  | app  | t             | true",
                "table \"My Table\"          | table          |      | My Table      | true",
                "\"My Table\"                | view           |      | My Table      | true",
                "table users                 | table          | app  | users         | false"
            })
    void objects_match_by_type_and_name(String pattern, String type, String schema, String name, boolean holds) {
        Policy policy = denying("{objects: '" + pattern + "'}");
        StatementFacts facts = new FactsBuilder(StatementKind.DROP_TABLE)
                .objects(new ObjectName(type, schema, name))
                .build();
        assertThat(policy.decide(facts, PolicyFixture.at(PolicyFixture.ALICE)).decision() == Decision.DENY)
                .isEqualTo(holds);
    }

    @Test
    void cascade_transactional_nested_and_deferred_are_asked_of_the_facts() {
        StatementFacts delete = new FactsBuilder(StatementKind.DELETE).build();
        StatementFacts update =
                new FactsBuilder(StatementKind.UPDATE).deferred(delete).build();
        StatementFacts function = new FactsBuilder(StatementKind.CREATE_FUNCTION)
                .deferred(new FactsBuilder(StatementKind.SELECT).nested(update).build())
                .build();
        assertThat(denied("{deferred: delete}", function)).isTrue();
        assertThat(denied("{deferred: 'up*'}", function)).isTrue();
        assertThat(denied("{deferred: insert}", function)).isFalse();
        assertThat(denied("{deferred: delete}", delete)).isFalse();
        assertThat(denied("{kind: delete}", function)).isFalse();
        assertThat(denied(
                        "{nested: delete}",
                        new FactsBuilder(StatementKind.SELECT).nested(delete).build()))
                .isTrue();
        assertThat(denied(
                        "{cascade: true}",
                        new FactsBuilder(StatementKind.DROP_TABLE).cascade().build()))
                .isTrue();
        assertThat(denied("{cascade: true}", delete)).isFalse();
        assertThat(denied(
                        "{transactional: false}",
                        new FactsBuilder(StatementKind.VACUUM)
                                .notTransactional()
                                .build()))
                .isTrue();
        assertThat(denied("{transactional: false}", delete)).isFalse();
    }

    private static boolean denied(String when, StatementFacts facts) {
        return denying(when)
                .decide(facts, PolicyFixture.at(PolicyFixture.ALICE))
                .rule()
                .equals("r");
    }

    private static boolean deniesSetting(Policy policy, String name, @Nullable String value) {
        StatementFacts facts = new FactsBuilder(StatementKind.SET)
                .settings(new SettingChange(name, value, Scope.SESSION))
                .build();
        return policy.decide(facts, PolicyFixture.at(PolicyFixture.ALICE)).decision() == Decision.DENY;
    }
}
