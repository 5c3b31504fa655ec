package io.sallyport.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Random statements around one password: it never comes through, and masking always ends. */
class SecretMaskFuzzTest {
    private static final long SEED = 20261121;
    private static final List<String> HARMLESS = List.of(
            "SELECT 'it''s'",
            "-- don't\n",
            "/* it's /* nested */ */",
            "SELECT \"a'b\"",
            "SELECT $$it's$$",
            "SELECT $a$ $$ ' $a$",
            "SELECT E'a\\'b'",
            "SELECT 1 AS \"quote\"\"d'\"",
            "UPDATE t SET a = 'b'",
            "SELECT U&'\\0041'",
            "SELECT $1",
            ";");
    private static final List<String> NAMING = List.of(
            "ALTER ROLE x PASSWORD ",
            "ALTER USER x WITH ENCRYPTED PASSWORD\n",
            "UPDATE u SET password = ",
            "SELECT f(token => ",
            "CREATE ROLE x LOGIN PASSWORD /* ' */ ",
            "ALTER ROLE x PASSWORD -- '\n");
    private static final List<String> QUOTED = List.of(
            "'hunter2'",
            "E'hunter2'",
            "e'\\'hunter2'",
            "'''hunter2'",
            "$$hunter2$$",
            "$q$'hunter2$q$",
            "U&'hunter2'",
            "'hunter2",
            "'x\\'hunter2'");

    @Test
    void a_password_among_random_statements_never_comes_through() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder sql = new StringBuilder();
            for (int n = random.nextInt(4); n > 0; n--) {
                sql.append(pick(random, HARMLESS)).append(random.nextBoolean() ? "; " : " ");
            }
            sql.append(';').append(pick(random, NAMING)).append(pick(random, QUOTED));
            sql.append(' ').append(pick(random, HARMLESS));
            assertThat(SecretMask.mask(sql.toString())).as(sql.toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void any_text_is_masked_without_an_exception() {
        Random random = new Random(SEED);
        String alphabet = "'\"$\\;-/*()=.,: \nEeUua&password token";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder sql = new StringBuilder("password");
            for (int n = random.nextInt(40); n > 0; n--) {
                sql.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThatCode(() -> SecretMask.mask(sql.toString()))
                    .as(sql.toString())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void large_hostile_texts_end_in_time() {
        for (String hostile : List.of(
                "password'", "$a$password", "/*password", "'password://a:", "\"password\" ", "password$$ ", "E'\\'")) {
            String sql = hostile.repeat(20_000);
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> SecretMask.mask(sql), hostile);
        }
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
