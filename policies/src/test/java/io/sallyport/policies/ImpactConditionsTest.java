package io.sallyport.policies;

import static io.sallyport.policies.PolicyFixture.ALICE;
import static io.sallyport.policies.PolicyFixture.NOON;
import static io.sallyport.policies.PolicyFixture.denying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Impact;
import io.sallyport.policies.rule.ImpactSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpactConditionsTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "?",
            value = {
                "'{rows: \">= 1000\"}', 999, 10000, false",
                "'{rows: \">= 1000\"}', 1000, 10000, true",
                "'{rows: \">= 1000\"}', 5000000000, 5000000000, true",
                "'{rows: \"< 1000\"}', 12, ?, true",
                "'{share: \">= 6%\"}', 12000, 200000, true",
                "'{share: \">= 6%\"}', 11999, 200000, true",
                "'{share: \"> 6%\"}', 12000, 200000, false",
                "'{share: \">= 6.5%\"}', 12000, 200000, false",
                "'{share: \">= 0.001%\"}', 1, 1000000000, true",
                "'{share: \">= 50%\"}', 0, ?, false",
                "'{share: \">= 100%\"}', 30, 20, true"
            })
    void rows_and_shares_are_compared(String when, long rows, @Nullable Long total, boolean holds) {
        assertThat(denies(when, "DELETE FROM users WHERE id > 7", statement -> new Impact(rows, total)))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "'{rows: \">= 1000\"}', true",
        "'{rows: \"> 1000\"}', true",
        "'{rows: \"!= 1000\"}', true",
        "'{rows: \"= 1000\"}', false",
        "'{rows: \"< 1000\"}', false",
        "'{rows: \"<= 1000\"}', false",
        "'{not: {rows: \"<= 1000\"}}', true",
        "'{share: \">= 100%\"}', true",
        "'{share: \"< 100%\"}', false"
    })
    void what_nobody_can_tell_is_over_every_limit(String when, boolean holds) {
        assertThat(denies(when, "DELETE FROM users WHERE id > 7", ImpactSource.NOBODY))
                .isEqualTo(holds);
    }

    @Test
    void a_share_of_a_table_of_unknown_size_is_over_every_limit() {
        assertThat(denies("{share: '>= 90%'}", "DELETE FROM users", statement -> new Impact(1L, null)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM users | false",
                "BEGIN | false",
                "CREATE TABLE t (a int) | false",
                "SET work_mem = '1MB' | false",
                "WITH d AS (DELETE FROM users RETURNING *) SELECT * FROM d | true",
                "TRUNCATE users | true",
                "INSERT INTO users SELECT * FROM old | true",
                "COPY users FROM STDIN | true",
                "DO $$ BEGIN END $$ | true",
                "selct | true"
            })
    void statements_that_change_no_rows_are_under_every_limit_and_what_cannot_be_read_is_over(
            String sql, boolean holds) {
        assertThat(denies("{rows: '>= 1000'}", sql, ImpactSource.NOBODY)).isEqualTo(holds);
    }

    @Test
    void nobody_is_asked_where_the_decision_does_not_hang_on_it() {
        ImpactSource unwilling = statement -> {
            throw new IllegalStateException("asked for " + statement.kind());
        };
        assertThat(denies("{rows: '>= 1000', user: bob, if: \"user == 'bob'\"}", "DELETE FROM users", unwilling))
                .isFalse();
        assertThatThrownBy(() -> denies("{rows: '>= 1000'}", "DELETE FROM users", unwilling))
                .hasMessage("asked for DELETE");
    }

    @Test
    void it_is_explained_in_words() {
        assertThat(denying("{rows: '>= 1000', share: '>10%'}").describe())
                .contains("it changes at least 1000 rows and it changes >10% of the table's rows");
    }

    private static boolean denies(String when, String sql, ImpactSource impacts) {
        return PolicyFixture.verdict(denying(when), sql, new Circumstances(ALICE, NOON, 1, impacts))
                .rule()
                .equals("r");
    }
}
