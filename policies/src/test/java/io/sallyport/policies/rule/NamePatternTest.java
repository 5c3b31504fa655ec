package io.sallyport.policies.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.TableName;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "users, , users, true",
        "users, public, users, true",
        "users, app, users, false",
        "Users, , users, true",
        "public.users, , users, true",
        "app.users, , users, false",
        "app.*, app, orders, true",
        "*, app, orders, true",
        "*.users, app, users, true",
        "user?, , users, true",
        "'\"Users\"', , users, false",
        "'\"Users\"', , Users, true",
        "'\"a.b\"', , a.b, true",
        "'app.\"u*\"', app, users, false",
        "'app.\"u\"\"x\"', app, 'u\"x', true"
    })
    void pattern_matches_names_as_the_server_stores_them(String pattern, String schema, String name, boolean matches) {
        NamePattern parsed = Objects.requireNonNull(NamePattern.parse(pattern));
        assertThat(parsed.matches(new TableName(schema, name))).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b.c", ".a", "a.", "a\"b", "\"a"})
    void other_texts_are_no_pattern(String text) {
        assertThat(NamePattern.parse(text)).isNull();
    }

    @Test
    void many_stars_cost_no_more_than_few() {
        Glob glob = new Glob("*a".repeat(50) + "b");
        assertThat(glob.matches("a".repeat(10_000))).isFalse();
        assertThat(glob.matches("a".repeat(10_000) + "b")).isTrue();
    }
}
