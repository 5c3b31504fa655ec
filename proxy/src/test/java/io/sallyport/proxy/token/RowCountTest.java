package io.sallyport.proxy.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command tag tells, and of which statements it tells all. */
class RowCountTest {
    @ParameterizedTest
    @CsvSource({"INSERT 0 3,3", "UPDATE 0,0", "DELETE 12000,12000"})
    void tag_tells_the_rows(String tag, long rows) {
        assertThat(RowCount.of(tag)).hasValue(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SELECT 3", "MERGE 1", "TRUNCATE TABLE", "COPY 3", "DELETE", "DELETE -1", "DELETE 1 2"})
    void other_tags_tell_none(String tag) {
        assertThat(RowCount.of(tag)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TRUNCATE t,TRUNCATE",
        "WITH d AS (DELETE FROM t RETURNING 1) UPDATE u SET i = 1,UPDATE within WITH",
        "WITH d AS (DELETE FROM t RETURNING 1) SELECT 1,SELECT",
        "DELETE FROM t; DELETE FROM u,2 statements",
        "DELETE FROM,UNREADABLE"
    })
    void rows_of_others_are_not_told(String sql, String found) {
        assertThat(RowCount.cannotTell(sql)).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM t",
                "DELETE FROM t USING u WHERE t.i = u.i RETURNING *",
                "INSERT INTO t SELECT * FROM u ON CONFLICT (i) DO UPDATE SET name = 'x'",
                "WITH u AS (SELECT 1) UPDATE t SET i = 2 FROM u"
            })
    void rows_of_these_are(String sql) {
        assertThat(RowCount.cannotTell(sql)).isNull();
    }

    @Test
    void most_careful_approver_counts() {
        GrantLimits one = new GrantLimits(Duration.ofMinutes(30), null);
        GrantLimits other = new GrantLimits(Duration.ofHours(2), 12L);
        assertThat(one.stricter(other)).isEqualTo(new GrantLimits(Duration.ofMinutes(30), 12L));
        assertThat(new GrantLimits(null, 100L).stricter(other)).isEqualTo(other);
        assertThat(GrantLimits.NONE.stricter(GrantLimits.NONE)).isEqualTo(GrantLimits.NONE);
    }
}
