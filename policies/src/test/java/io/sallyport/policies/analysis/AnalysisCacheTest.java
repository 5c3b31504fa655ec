package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnalysisCacheTest {
    private final AnalysisCache cache = new AnalysisCache(1 << 20);

    @Test
    void text_is_kept_from_its_second_sight_on() {
        Analysis only = cache.quick(bytes("select 1"), LexerSettings.DEFAULT);
        Analysis first = cache.quick(bytes("select 1"), LexerSettings.DEFAULT);
        assertThat(first).isNotSameAs(only).isEqualTo(only);
        assertThat(cache.quick(bytes("select 1"), LexerSettings.DEFAULT)).isSameAs(first);
        assertThat(cache.complete(bytes("select 1"), LexerSettings.DEFAULT)).isSameAs(first);
    }

    @Test
    void complete_analysis_replaces_a_pending_one() {
        byte[] text = bytes("delete from t where x like '%'");
        assertThat(cache.quick(text, LexerSettings.DEFAULT).structurePending()).isTrue();
        Analysis complete = cache.complete(text, LexerSettings.DEFAULT);
        assertThat(complete.structurePending()).isFalse();
        assertThat(cache.quick(text, LexerSettings.DEFAULT)).isSameAs(complete);
    }

    @Test
    void settings_are_part_of_the_key() {
        byte[] text = bytes("select 'a\\'; delete from t; --'");
        assertThat(cache.quick(text, LexerSettings.DEFAULT).statements()).hasSize(2);
        assertThat(cache.quick(text, new LexerSettings(false, true)).statements())
                .hasSize(1);
    }

    @Test
    void later_change_of_the_callers_array_does_not_reach_the_cache() {
        byte[] text = bytes("select 1");
        cache.quick(text, LexerSettings.DEFAULT);
        cache.quick(text, LexerSettings.DEFAULT);
        System.arraycopy(bytes("delete "), 0, text, 0, 7);
        assertThat(cache.quick(bytes("select 1"), LexerSettings.DEFAULT)
                        .statements()
                        .get(0)
                        .kind())
                .isEqualTo(StatementKind.SELECT);
    }

    @Test
    void long_texts_are_not_kept() {
        byte[] text = bytes("select '" + "x".repeat(20_000) + "'");
        Analysis first = cache.quick(text, LexerSettings.DEFAULT);
        assertThat(cache.quick(text, LexerSettings.DEFAULT)).isNotSameAs(first);
    }

    private static byte[] bytes(String sql) {
        return sql.getBytes(StandardCharsets.UTF_8);
    }
}
