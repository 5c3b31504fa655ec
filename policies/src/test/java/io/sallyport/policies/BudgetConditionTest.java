package io.sallyport.policies;

import static io.sallyport.policies.PolicyFixture.ALICE;
import static io.sallyport.policies.PolicyFixture.NOON;
import static io.sallyport.policies.PolicyFixture.denying;
import static io.sallyport.policies.PolicyFixture.facts;
import static io.sallyport.policies.PolicyFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.TableName;
import io.sallyport.policies.rule.Attribute;
import io.sallyport.policies.rule.Budget;
import io.sallyport.policies.rule.BudgetNeeds;
import io.sallyport.policies.rule.BudgetSource;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Comparison;
import io.sallyport.policies.rule.ImpactSource;
import io.sallyport.policies.rule.NamePattern;
import io.sallyport.policies.rule.RowAction;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetConditionTest {
    private static final String BUDGET = "{budget: {rows: '> 1000', within: 1h}}";

    private static boolean denies(String when, String sql, BudgetSource budgets) {
        return PolicyFixture.verdict(
                        denying(when), sql, new Circumstances(ALICE, NOON, 1, ImpactSource.NOBODY, budgets))
                .rule()
                .equals("r");
    }

    @ParameterizedTest
    @CsvSource({"1000, false", "1001, true", "9223372036854775807, true"})
    void sums_are_compared(long sum, boolean over) {
        assertThat(denies(BUDGET, "DELETE FROM users WHERE id = 7", (budget, statement) -> sum))
                .isEqualTo(over);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM users WHERE id = 7 | true",
                "WITH d AS (DELETE FROM users RETURNING *) SELECT * FROM d | true",
                "TRUNCATE users | true",
                "COPY users FROM STDIN | true",
                "DO $$BEGIN PERFORM f(); END$$ | true",
                "CALL p() | true",
                "this is no SQL | true",
                "SELECT * FROM users | false",
                "CREATE TABLE t (a int) | false",
                "COMMIT | false"
            })
    void where_nobody_counts_what_changes_rows_is_over_every_limit(String sql, boolean over) {
        assertThat(denies(BUDGET, sql, BudgetSource.NOBODY)).isEqualTo(over);
    }

    @Test
    void within_a_budget_can_be_allowed_too() {
        String within = "{budget: {rows: '<= 1000', within: 10m}}";
        assertThat(denies(within, "DELETE FROM users", (budget, statement) -> 1000))
                .isTrue();
        assertThat(denies(within, "DELETE FROM users", BudgetSource.NOBODY)).isFalse();
    }

    @Test
    void is_asked_last() {
        BudgetSource unwilling = (budget, statement) -> {
            throw new IllegalStateException("asked");
        };
        assertThat(denies("{tables: orders, budget: {rows: '> 1000', within: 1h}}", "DELETE FROM users", unwilling))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM users | DELETED",
                "TRUNCATE users | DELETED",
                "UPDATE users SET a = 1 | UPDATED",
                "INSERT INTO users VALUES (1) | INSERTED",
                "INSERT INTO users VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 1 | INSERTED UPDATED",
                "INSERT INTO users VALUES (1) ON CONFLICT DO NOTHING | INSERTED",
                "COPY users FROM STDIN | INSERTED",
                "MERGE INTO users USING t ON users.id = t.id WHEN MATCHED THEN DELETE | DELETED",
                "SELECT 1 | ''"
            })
    void rows_count_by_what_is_done_to_them(String sql, String actions) {
        assertThat(RowAction.of(facts(sql)).stream().map(RowAction::name))
                .containsExactlyElementsOf(Stream.of(actions.split(" "))
                        .filter(word -> !word.isEmpty())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "users | public.users | true",
                "public.users | users | true",
                "app.users | users | true",
                "app.users | app.users | true",
                "app.users | public.users | false",
                "users | orders | false"
            })
    void names_that_may_mean_the_same_table_have_one_sum(String counted, String target, boolean together) {
        Budget budget = new Budget(
                Objects.requireNonNull(Comparison.parse("> 1")), Duration.ofHours(1), Attribute.USER, List.of());
        assertThat(budget.counts(table(counted), List.of(table("other"), table(target))))
                .isEqualTo(together);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE FROM \"users\"",
        "delete from ONLY Users u",
        "DELETE FROM U&\"\\0075sers\" AS x",
        "TRUNCATE users, orders",
        "DELETE FROM users * USING orders o WHERE o.id = users.id"
    })
    void spellings_of_a_table_are_one_target(String sql) {
        assertThat(RowAction.targets(facts(sql.replace("\\\\", "\\")))).contains(new TableName(null, "users"));
    }

    @Test
    void tables_of_a_budget_count_together() {
        Budget budget = new Budget(
                Objects.requireNonNull(Comparison.parse("> 1")),
                Duration.ofHours(1),
                Attribute.USER,
                List.of(Objects.requireNonNull(NamePattern.parse("users*"))));
        assertThat(budget.counts(table("users_2024"), List.of(table("users")))).isTrue();
        assertThat(budget.counts(table("orders"), List.of(table("orders")))).isFalse();
    }

    @Test
    void a_policy_tells_what_has_to_be_counted() {
        Policy policy = policy("""
                rules:
                  - name: small deletes
                    when: {kind: [delete, truncate], any: [budget: {rows: "> 1000", within: 1h}]}
                    then: hold
                  - name: of programs
                    when: {kind: delete, not: {budget: {rows: "<= 10", within: 10m, per: application}}}
                    then: hold
                """);
        assertThat(policy.budgets())
                .isEqualTo(new BudgetNeeds(
                        Set.of(
                                new BudgetNeeds.Span(Attribute.USER, Duration.ofHours(1)),
                                new BudgetNeeds.Span(Attribute.APPLICATION, Duration.ofMinutes(10))),
                        Set.of(RowAction.DELETED)));
        assertThat(Policy.builtIn().budgets().isEmpty()).isTrue();
    }

    @Test
    void is_explained_in_words() {
        assertThat(policy("""
                rules:
                  - name: small deletes
                    when: {kind: delete, budget: {rows: "> 1000", within: 1h, tables: [users, "users_*"]}}
                    then: hold
                """).describe())
                .contains("with it the user has changed more than 1000 rows of tables like users or users_* in this way"
                        + " within 1h");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{rows: '> 1000'} | found no 'within'",
                "{within: 1h} | found no 'rows'",
                "{rows: many, within: 1h} | 'many' is no comparison",
                "{rows: 1, within: 2d} | expected a duration from 1s to 24h",
                "{rows: 1, within: 1h, per: usr} | unknown value of 'per' 'usr'",
                "{rows: 1, within: 1h, tables: '.'} | '.' is no table pattern",
                "{rows: 1, within: 1h, of: users} | unknown key 'of' in 'budget'",
                "1000 | expected a budget such as {rows: \"> 1000\", within: 1h}"
            })
    void what_is_no_budget_is_a_problem(String budget, String problem) {
        assertThat(PolicyReader.read(
                                "version: 1\nrules:\n  - {name: r, when: {budget: " + budget + "}, then: hold}\n",
                                "test.yaml")
                        .problems())
                .anyMatch(found -> found.toString().contains(problem));
    }

    private static TableName table(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? new TableName(null, name) : new TableName(name.substring(0, dot), name.substring(dot + 1));
    }
}
