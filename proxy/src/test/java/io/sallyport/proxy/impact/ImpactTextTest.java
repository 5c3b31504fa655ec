package io.sallyport.proxy.impact;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.rule.Impact;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpactTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "?",
            value = {
                "12000 | 200000 | about 12,000 rows, 6% of about 200,000",
                "1 | 200000 | about 1 row, less than 0.1% of about 200,000",
                "7 | 300 | about 7 rows, 2.3% of about 300",
                "30 | 20 | about 30 rows, 100% of about 20",
                "0 | 20 | about 0 rows, 0% of about 20",
                "5 | ? | about 5 rows",
                "? | ? | how many rows is not known"
            })
    void rows_and_share_are_told(@Nullable Long rows, @Nullable Long total, String text) {
        assertThat(ImpactText.of(new Impact(rows, total))).isEqualTo(text);
    }

    @Test
    void what_was_not_asked_is_not_told() {
        assertThat(ImpactText.after("DELETE on t", null)).isEqualTo("DELETE on t");
        assertThat(ImpactText.after("DELETE on t", new Impact(2L, 4L)))
                .isEqualTo("DELETE on t: about 2 rows, 50% of about 4");
    }
}
