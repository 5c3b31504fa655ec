package io.sallyport.proxy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormaliserTest {
    private static Fingerprint of(String sql) {
        return Normaliser.fingerprint(sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT 1                                       | select ?
            select  /* why */ 'a''b', E'\\n', $tag$x$tag$ -- so  | select ?, ?, ?
            DELETE FROM Users WHERE id = 12;               | delete from users where id = ?
            delete from "Users" u where u . id=$1 ;;       | delete from "Users" u where u.id = ?
            SELECT * FROM t WHERE id IN (1, 2,3)           | select * from t where id in (?)
            SELECT * FROM t WHERE id = ANY(ARRAY[1,2])     | select * from t where id = any(array[?])
            INSERT INTO t (a, b) VALUES (1,'x'), (2,'y'), (3, 'z') | insert into t(a, b) values (?, ?)
            SELECT now (), f(1,2)::int, a[1]               | select now(), f(?, ?)::int, a[?]
            """)
    void values_comments_and_layout_do_not_count(String sql, String text) {
        assertThat(of(sql).text()).isEqualTo(text);
    }

    @Test
    void an_id_is_twelve_hexadecimal_digits_of_the_sha256() {
        // printf 'select ?' | sha256sum
        assertThat(of("SELECT 42").id()).isEqualTo("e1c71d1661ae");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            select 1, 'it\\'s my secret', 'x'             | select ?, ? …
            select 'open secret                           | select ? …
            select secret_column from t where "           | select secret_column from t where ? …
            update t set a = 'fine', b = 'my secret' where "  | update t set a = ? …
            """)
    void where_a_literal_may_end_elsewhere_nothing_behind_it_is_shown(String sql, String text) {
        assertThat(of(sql).text()).isEqualTo(text);
    }

    @Test
    void long_texts_are_cut_and_still_told_apart() {
        String columns = "some_column, ".repeat(1000);
        Fingerprint one = of("select " + columns + "1 from a");
        Fingerprint other = of("select " + columns + "1 from b");
        assertThat(one.text()).hasSizeLessThan(2100).isNotEqualTo(other.text());
        assertThat(one.id()).hasSize(12).isNotEqualTo(other.id());
        assertThat(of("insert into t values " + "(1, 2), ".repeat(100_000) + "(1, 2)")
                        .text())
                .isEqualTo("insert into t values (?, ?)");
    }

    @Test
    void anything_has_a_fingerprint() {
        Random random = new Random(3);
        String letters = "aA1'\"$ \n\\();,-/*[]é.:?";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder sql = new StringBuilder();
            int length = random.nextInt(30);
            for (int k = 0; k < length; k++) {
                sql.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(of(sql.toString()).id()).hasSize(12);
        }
    }
}
