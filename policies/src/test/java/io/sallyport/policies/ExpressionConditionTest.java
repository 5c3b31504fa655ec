package io.sallyport.policies;

import static io.sallyport.policies.PolicyFixture.denies;
import static io.sallyport.policies.PolicyFixture.denying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.rule.Subject;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionConditionTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "statement.kind == 'delete' && statement.where == 'absent'   => DELETE FROM t           => true",
                "statement.kind == 'delete' && statement.where == 'absent'   => DELETE FROM t WHERE a=1 => false",
                "statement.class in ['destroy', 'alter']                     => TRUNCATE t              => true",
                "statement.tables.exists(t, t.startsWith('app.'))            => SELECT * FROM app.x     => true",
                "statement.tables.exists(t, t.startsWith('app.'))            => SELECT * FROM x         => false",
                "size(statement.tables) >= 2                                 => SELECT * FROM a, b      => true",
                "'large_objects' in statement.function_groups                => SELECT lo_unlink(1)     => true",
                "'delete' in statement.nested && statement.destructive       => EXPLAIN ANALYZE DELETE FROM t => true",
                "statement.text.matches('(?i)drop')                          => DROP TABLE t            => true",
                "user == 'alice' && database == 'shop' && application == 'psql' && client == '10.0.0.7' => SELECT 1 => true",
                "certificate == '' && statements == 1                        => SELECT 1                => true",
                "now.getHours('UTC') == 12 && now < timestamp('2026-02-01T00:00:00Z') => SELECT 1       => true",
                "now.getDayOfWeek() == 4                                     => SELECT 1                => true",
                "!statement.readable || statement.cascade || !statement.transactional => SELECT 1       => false",
                "statement.settings == [] && statement.objects == [] && statement.deferred == [] => SELECT 1 => true"
            })
    void expression_sees_the_facts_and_the_circumstances(String expression, String sql, boolean holds) {
        assertThat(denies(denying("{if: \"" + expression + "\"}"), sql)).isEqualTo(holds);
    }

    @Test
    void expression_about_roles_asks_for_them_and_never_guesses() {
        Policy policy = denying("{if: \"'dba' in roles\"}");
        assertThat(policy.asksRoles()).isTrue();
        Subject dba = new Subject("alice", "shop", "psql", "", null, Set.of("dba"));
        assertThat(denies(policy, "SELECT 1", dba)).isTrue();
        assertThatThrownBy(() -> denies(policy, "SELECT 1")).isInstanceOf(IllegalStateException.class);
        Policy elsewhere = denying("{if: \"user == 'alice' || 'dba' in roles\"}");
        assertThatThrownBy(() -> denies(elsewhere, "SELECT 1")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void expression_without_a_value_is_an_exception() {
        Policy policy = denying("{if: \"statement.tables[0] == 'users'\"}");
        assertThat(denies(policy, "SELECT * FROM users")).isTrue();
        assertThatThrownBy(() -> denies(policy, "SELECT 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no value");
    }

    @Test
    void expression_that_would_take_too_long_is_an_exception() {
        String ten = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
        String costly = "x > 0";
        for (int i = 0; i < 5; i++) {
            costly = ten + ".all(x, " + costly + ")";
        }
        Policy policy = denying("{if: \"" + costly + "\"}");
        assertThatThrownBy(() -> denies(policy, "SELECT 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("budget");
    }

    @Test
    void expression_may_be_asked_by_many_threads_at_once() {
        Policy policy = denying("{if: \"statement.tables.exists(t, t == user)\"}");
        StatementFacts facts = PolicyFixture.facts("SELECT * FROM user7");
        assertThat(IntStream.range(0, 20_000)
                        .parallel()
                        .filter(i -> policy.decide(
                                        facts, PolicyFixture.at(new Subject("user" + i % 10, "shop", "psql", "")))
                                .rule()
                                .equals("r"))
                        .count())
                .isEqualTo(2_000);
    }

    @Test
    void expression_is_only_one_of_the_conditions() {
        Policy policy = denying("{kind: delete, if: \"user == 'alice'\"}");
        assertThat(denies(policy, "DELETE FROM t")).isTrue();
        assertThat(denies(policy, "SELECT 1")).isFalse();
    }
}
