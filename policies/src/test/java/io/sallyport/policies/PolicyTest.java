package io.sallyport.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Subject;
import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final Subject ALICE = new Subject("alice", "shop", "psql", "127.0.0.1");

    @Test
    void built_in_policy_asks_no_expression_about_ordinary_updates_and_deletes() {
        for (String sql : new String[] {"UPDATE users SET a = 1 WHERE id = $1", "DELETE FROM users WHERE id = 1"}) {
            assertThat(Policy.builtIn().trials(PolicyFixture.facts(sql), PolicyFixture.at(ALICE)))
                    .as(sql)
                    .extracting(RuleTrial::failed)
                    .noneMatch(failed -> failed != null && failed.contains("statement."));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM users                                            | whole-table writes",
                "UPDATE users SET a = 1 WHERE 1 = 1                           | whole-table writes",
                "WITH d AS (DELETE FROM users RETURNING *) SELECT * FROM d    | whole-table writes",
                "EXPLAIN ANALYZE DELETE FROM users                            | whole-table writes",
                "PREPARE p AS DELETE FROM users                               | whole-table writes",
                "COPY (DELETE FROM users RETURNING *) TO STDOUT               | whole-table writes",
                "DROP TABLE users                                             | dropped objects",
                "DROP DATABASE production_db                                  | dropped objects",
                "DROP OWNED BY joe                                            | dropped objects",
                "TRUNCATE users                                               | emptied tables",
                "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE   | merges that delete",
                "ALTER TABLE users DROP COLUMN a                              | columns dropped or retyped",
                "ALTER TABLE users ALTER a TYPE int                           | columns dropped or retyped",
                "DO 'BEGIN END'                                               | opaque statements",
                "CALL p()                                                     | opaque statements",
                "COPY t FROM PROGRAM 'x'                                      | server programs and files",
                "COPY t TO '/srv/x'                                           | server programs and files",
                "DELETE users                                                 | unreadable statements"
            })
    void built_in_policy_holds_what_destroys(String sql, String rule) {
        assertThat(decided(Policy.builtIn(), sql))
                .extracting(Verdict::decision, Verdict::rule)
                .containsExactly(Decision.HOLD, rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM users",
                "INSERT INTO users VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 1",
                "UPDATE users SET a = 1 WHERE id = $1",
                "DELETE FROM users WHERE id = 1",
                "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = 1",
                "EXPLAIN DELETE FROM users",
                "ALTER TABLE users ADD COLUMN a int",
                "CREATE TABLE t (a int)",
                "EXECUTE p",
                "EXPLAIN ANALYZE EXECUTE p",
                "COPY users FROM STDIN",
                "COPY users TO STDOUT",
                "SET search_path = app",
                "BEGIN",
                "VACUUM users",
                "SALLYPORT HOLDS"
            })
    void built_in_policy_lets_honest_work_pass(String sql) {
        assertThat(decided(Policy.builtIn(), sql).decision()).isEqualTo(Decision.ALLOW);
    }

    @Test
    void first_rule_that_matches_decides() {
        Policy policy = policy("""
                rules:
                  - {name: first, when: {kind: delete}, then: allow}
                  - {name: second, when: {kind: delete}, then: deny}
                """);
        assertThat(decided(policy, "DELETE FROM t").rule()).isEqualTo("first");
        assertThat(decided(policy, "TRUNCATE t").rule()).isEqualTo("default");
    }

    @Test
    void strictest_of_a_statement_and_its_writes_is_taken() {
        Policy policy = policy("""
                rules:
                  - {name: reads, when: {kind: select}, then: allow}
                  - {name: updates, when: {kind: update}, then: hold}
                  - {name: deletes, when: {kind: delete}, then: {deny: {message: never}}}
                """);
        Verdict verdict = decided(
                policy,
                "WITH u AS (UPDATE a SET x = 1 RETURNING *), d AS (DELETE FROM b RETURNING *) SELECT * FROM u, d");
        assertThat(verdict).isEqualTo(new Verdict(Decision.DENY, "deletes", Terms.message("never")));
    }

    @Test
    void all_conditions_of_a_rule_must_hold() {
        Policy policy = policy("""
                default: allow
                rules:
                  - name: alice in the shop
                    when: {destructive: true, user: al*, database: [shop, store], application: "psql", tables: "app.*"}
                    then: deny
                """);
        assertThat(decided(policy, "DELETE FROM app.users").decision()).isEqualTo(Decision.DENY);
        assertThat(decided(policy, "DELETE FROM users").decision()).isEqualTo(Decision.ALLOW);
        assertThat(decided(policy, "SELECT * FROM app.users").decision()).isEqualTo(Decision.ALLOW);
        StatementFacts facts = facts("DELETE FROM app.users");
        assertThat(policy.decide(facts, at(new Subject("bob", "shop", "psql", "")))
                        .decision())
                .isEqualTo(Decision.ALLOW);
        assertThat(policy.decide(facts, at(new Subject("alice", "test", "psql", "")))
                        .decision())
                .isEqualTo(Decision.ALLOW);
        assertThat(policy.decide(facts, at(new Subject("alice", "shop", "pgAdmin", "")))
                        .decision())
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void default_decides_when_no_rule_matches() {
        Policy policy =
                policy("default: deny\nrules:\n  - {name: reads, when: {class: [read, session]}, then: allow}\n");
        assertThat(decided(policy, "SELECT 1").decision()).isEqualTo(Decision.ALLOW);
        assertThat(decided(policy, "INSERT INTO t VALUES (1)"))
                .isEqualTo(new Verdict(Decision.DENY, "default", Terms.NONE));
    }

    @Test
    void policy_describes_its_rules_in_words() {
        assertThat(Policy.builtIn().describe())
                .contains(
                        "whole-table writes: hold when the kind is update or delete and WHERE is absent or always_true")
                .endsWith("everything else: allow\n");
    }

    private static Policy policy(String yaml) {
        PolicyReading reading = PolicyReader.read("version: 1\n" + yaml, "test.yaml");
        assertThat(reading.problems()).isEmpty();
        return Objects.requireNonNull(reading.policy());
    }

    private static Verdict decided(Policy policy, String sql) {
        return policy.decide(facts(sql), at(ALICE));
    }

    private static StatementFacts facts(String sql) {
        return SqlAnalyzer.complete(sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT)
                .statements()
                .get(0);
    }

    private static Circumstances at(Subject subject) {
        return new Circumstances(subject, java.time.Instant.parse("2026-01-01T12:00:00Z"), 1);
    }
}
