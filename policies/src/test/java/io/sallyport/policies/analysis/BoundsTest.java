package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Strings made to cost much, and strings made of pieces at random. */
class BoundsTest {
    private static final Duration BOUND = Duration.ofSeconds(20);

    @Test
    void deep_parentheses_are_read_in_bounded_time() {
        int depth = 100_000;
        for (String sql : List.of(
                "SELECT " + "(".repeat(depth) + "1" + ")".repeat(depth),
                "SELECT " + "(SELECT ".repeat(depth) + "1" + ")".repeat(depth),
                "SELECT * FROM " + "(".repeat(depth) + "t" + ")".repeat(depth),
                "DELETE FROM t WHERE " + "(".repeat(depth) + "true" + ")".repeat(depth),
                "DELETE FROM t WHERE " + "(x = 1 OR ".repeat(depth) + "true" + ")".repeat(depth),
                "DELETE FROM t WHERE " + "NOT ".repeat(depth) + "x",
                "DELETE FROM t WHERE " + "(x = 1 AND ".repeat(depth) + "y" + ")".repeat(depth),
                "WITH x AS ".repeat(depth),
                "SELECT 1; " + "(".repeat(depth),
                "EXPLAIN ".repeat(depth) + "SELECT 1",
                "SELECT " + "/*".repeat(depth),
                "SELECT " + "$a".repeat(depth))) {
            assertRead(sql);
        }
    }

    @Test
    void nested_ctes_beyond_any_use_are_unreadable() {
        String sql = "WITH x AS (".repeat(5_000) + "SELECT 1" + ") SELECT 1".repeat(5_000);
        assertThat(assertRead(sql).statements())
                .extracting(StatementFacts::kind)
                .containsExactly(StatementKind.UNREADABLE);
    }

    @Test
    void five_megabytes_are_read_in_bounded_time() {
        StringBuilder insert = new StringBuilder("INSERT INTO t VALUES (0, 'x')");
        while (insert.length() < 5_000_000) {
            insert.append(", (1, 'some text', NULL, 3.14, now())");
        }
        assertThat(assertRead(insert.toString()).statements()).hasSize(1);
        assertThat(assertRead("DELETE FROM t WHERE id = 1;".repeat(200_000)).statements())
                .hasSize(200_000);
        StringBuilder in = new StringBuilder("DELETE FROM t WHERE id IN (0");
        for (int i = 1; i < 50_000; i++) {
            in.append(',').append(i);
        }
        assertThat(assertRead(in.append(')').toString()).statements().get(0).where())
                .isEqualTo(Where.PRESENT);
    }

    @Test
    void long_conditions_are_judged_in_bounded_time() {
        String ranges = "(a > 1 AND b < 2) OR ".repeat(10_000) + "x + 1 = 2";
        for (String condition : List.of(
                "NOT (".repeat(200) + "x + 1 = 2" + ")".repeat(200),
                "x = 1 OR ".repeat(10_000) + "x = 2",
                "x < 1 OR ".repeat(10_000) + "x < 2",
                "x + 1 < 1 OR ".repeat(900) + "x + 1 < 2",
                "x <> 1 AND ".repeat(10_000) + "x <> 2",
                "x + 1 IN (" + "1, ".repeat(30_000) + "2)",
                "x NOT IN (" + "1, ".repeat(50_000) + "2) OR a IS NULL",
                "x ~ '" + "(a|a?)+".repeat(2_000) + "'",
                ranges)) {
            assertThat(assertRead("DELETE FROM t WHERE " + condition).statements())
                    .as(condition.substring(0, 30))
                    .hasSize(1);
        }
        assertThat(assertRead("DELETE FROM t;".repeat(100_000)).statements()).hasSize(100_000);
        assertThat(assertRead("DELETE FROM t WHERE x + 1 = 2;".repeat(100_000)).statements())
                .hasSize(100_000);
    }

    @Test
    void what_the_parser_is_not_given_any_more_counts_as_always_true() {
        String unclear = "DELETE FROM t WHERE x + 1 = 2;";
        List<StatementFacts> statements = assertRead(unclear.repeat(2_000)).statements();
        assertThat(statements.get(0).where()).isEqualTo(Where.PRESENT);
        assertThat(statements.get(1_999).where()).isEqualTo(Where.ALWAYS_TRUE);
    }

    @Test
    void random_statements_are_read_and_never_thrown_at() {
        String[] pieces = {
            "select",
            "delete",
            "from",
            "update",
            "set",
            "insert",
            "into",
            "merge",
            "using",
            "with",
            "recursive",
            "as",
            "(",
            ")",
            "t",
            "x",
            "=",
            "1",
            "'a'",
            ",",
            ".",
            "where",
            "and",
            "or",
            "not",
            "null",
            "is",
            "true",
            "case",
            "when",
            "then",
            "end",
            "explain",
            "analyze",
            "copy",
            "to",
            "stdin",
            "create",
            "table",
            "drop",
            "alter",
            "column",
            "type",
            "prepare",
            "execute",
            "values",
            "returning",
            "on",
            "conflict",
            "do",
            "::",
            "int",
            "[",
            "]",
            ";",
            "materialized",
            "between",
            "in",
            "exists",
            "$1",
            "join",
            "operator",
            "\"q\"",
            "U&\"u\"",
            "uescape",
            "schema",
            "grant",
            "for",
            "begin",
            "atomic",
            "function",
            "truncate",
            "any",
            "like"
        };
        Random random = new Random(42);
        for (int round = 0; round < 60_000; round++) {
            StringBuilder sql = new StringBuilder();
            for (int i = random.nextInt(25); i >= 0; i--) {
                sql.append(pieces[random.nextInt(pieces.length)]).append(random.nextInt(6) == 0 ? "" : " ");
            }
            byte[] text = sql.toString().getBytes(StandardCharsets.UTF_8);
            for (StatementFacts facts :
                    SqlAnalyzer.complete(text, LexerSettings.DEFAULT).statements()) {
                // A reader that failed is caught, and yet a mistake of ours.
                assertThat(facts.unreadable() == null ? "" : facts.unreadable())
                        .as(sql.toString())
                        .doesNotStartWith("the reader failed");
            }
        }
    }

    private static Analysis assertRead(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return assertTimeoutPreemptively(BOUND, () -> SqlAnalyzer.complete(text, LexerSettings.DEFAULT));
    }
}
