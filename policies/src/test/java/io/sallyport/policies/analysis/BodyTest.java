package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.SettingChange.Scope;
import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the fixtures do not show of bodies: functions, settings, places, and how the session's settings change the reading. */
class BodyTest {
    @Test
    void functions_called_anywhere_in_a_do_are_its_own() {
        StatementFacts facts = statement("""
                DO $$ DECLARE n int := one(); c CURSOR FOR SELECT * FROM two();
                BEGIN
                  PERFORM three(); n := four(); a[five()] := 1; n = 1 + six();
                  IF seven() THEN NULL; ELSIF eight() THEN NULL; END IF;
                  WHILE nine() LOOP EXIT WHEN ten(); END LOOP;
                  FOR i IN eleven()..twelve() BY thirteen() LOOP NULL; END LOOP;
                  CASE fourteen() WHEN fifteen() THEN NULL; END CASE;
                  RAISE NOTICE '%', sixteen(); ASSERT seventeen(); OPEN c(eighteen()); RETURN;
                  FETCH RELATIVE nineteen() FROM c INTO n; SELECT twenty() INTO n;
                END $$""");
        assertThat(facts.functions())
                .containsExactly(
                        "one",
                        "two",
                        "three",
                        "four",
                        "five",
                        "six",
                        "seven",
                        "eight",
                        "nine",
                        "ten",
                        "eleven",
                        "twelve",
                        "thirteen",
                        "fourteen",
                        "fifteen",
                        "sixteen",
                        "seventeen",
                        "eighteen",
                        "nineteen",
                        "twenty");
        assertThat(facts.nested()).isEmpty();
    }

    @Test
    void text_made_at_run_time_is_an_execute_without_a_name() {
        StatementFacts facts = statement("DO $$ BEGIN EXECUTE format('DROP TABLE %I', t) USING 1; END $$");
        assertThat(facts.preparedName()).isNull();
        StatementFacts execute = facts.nested().get(0);
        assertThat(execute.kind()).isEqualTo(StatementKind.EXECUTE);
        assertThat(execute.statementClass()).isEqualTo(StatementClass.OPAQUE);
        assertThat(execute.preparedName()).isNull();
        assertThat(execute.functions()).containsExactly("format");
        assertThat(execute.text()).isEqualTo("EXECUTE format('DROP TABLE %I', t) USING 1");
    }

    @Test
    void name_prepared_or_executed_in_a_body_is_not_the_name_of_the_do() {
        StatementFacts facts = statement("DO $$ BEGIN PREPARE p AS SELECT 1; EXECUTE 'EXECUTE p'; END $$");
        assertThat(facts.preparedName()).isNull();
        assertThat(facts.nested()).extracting(StatementFacts::preparedName).containsExactly("p", "p");
    }

    @Test
    void statements_in_a_body_stand_where_the_string_has_them() {
        for (String sql : List.of(
                "SELECT 1; DO $x$ BEGIN NULL; DELETE FROM é; END $x$",
                "DO 'BEGIN DELETE FROM é; END'",
                "DO E'BEGIN DELETE FROM é; END'",
                "DO $$ BEGIN IF true THEN DELETE FROM é; END IF; END $$",
                "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM é $$",
                "CREATE FUNCTION f() RETURNS void BEGIN ATOMIC DELETE FROM é; END",
                "CREATE RULE r AS ON INSERT TO t DO DELETE FROM é",
                "DO $a$ BEGIN DO $b$ BEGIN DELETE FROM é; END $b$; END $a$")) {
            byte[] text = sql.getBytes(StandardCharsets.UTF_8);
            StatementFacts inner =
                    innermost(SqlAnalyzer.complete(text, LexerSettings.DEFAULT).statements());
            assertThat(new String(text, inner.start(), inner.end() - inner.start(), StandardCharsets.UTF_8))
                    .isEqualTo(inner.text())
                    .isEqualTo("DELETE FROM é");
        }
    }

    @Test
    void statement_in_an_escaped_body_stands_where_its_literal_does() {
        String sql = "DO 'BEGIN DELETE FROM t WHERE a = ''x''; END'";
        StatementFacts inner = innermost(List.of(statement(sql)));
        assertThat(inner.text()).isEqualTo("DELETE FROM t WHERE a = 'x'");
        assertThat(inner.start()).isEqualTo(3);
        assertThat(inner.end()).isEqualTo(sql.length());
    }

    @Test
    void target_variables_are_shown_though_they_are_not_read() {
        StatementFacts inner =
                innermost(List.of(statement("DO $$ DECLARE x int; BEGIN DELETE INTO x FROM t RETURNING a; END $$")));
        assertThat(inner.text()).isEqualTo("DELETE INTO x FROM t RETURNING a");
        assertThat(inner.tables()).containsExactly(new TableName(null, "t"));
    }

    @Test
    void backslash_in_a_body_makes_the_reading_depend_on_the_setting() {
        String sql = "DO $$ BEGIN PERFORM 'a\\'; DELETE FROM t; --'; END;$$";
        Analysis conforming = SqlAnalyzer.complete(bytes(sql), LexerSettings.DEFAULT);
        assertThat(conforming.dependsOnConformingStrings()).isTrue();
        assertThat(conforming.statements().get(0).nested())
                .extracting(StatementFacts::kind)
                .contains(StatementKind.DELETE);
        Analysis other = SqlAnalyzer.complete(bytes(sql), new LexerSettings(false, true));
        assertThat(other.statements().get(0).nested()).isEmpty();
        assertThat(SqlAnalyzer.complete(bytes("DO $$ BEGIN PERFORM E'a\\''; END $$"), LexerSettings.DEFAULT)
                        .dependsOnConformingStrings())
                .isFalse();
    }

    @Test
    void unclear_condition_in_a_body_is_pending_until_it_is_parsed() {
        byte[] text = bytes("DO $$ BEGIN DELETE FROM t WHERE x IS NULL OR x IS NOT NULL; END $$");
        assertThat(SqlAnalyzer.tokens(text, LexerSettings.DEFAULT).structurePending())
                .isTrue();
        Analysis complete = SqlAnalyzer.complete(text, LexerSettings.DEFAULT);
        assertThat(complete.structurePending()).isFalse();
        assertThat(complete.statements().get(0).nested().get(0).where()).isEqualTo(Where.ALWAYS_TRUE);
    }

    @Test
    void settings_of_a_routine_are_in_force_while_it_runs() {
        StatementFacts facts = statement("""
                CREATE FUNCTION f() RETURNS language LANGUAGE sql SET search_path = public, "Sales" SET Work_Mem TO '1MB'
                SET a.b FROM CURRENT SET TIME ZONE -7 SET role TO DEFAULT SUPPORT language AS 'SELECT 1'""");
        assertThat(facts.settings())
                .containsExactly(
                        new SettingChange("search_path", "public, Sales", Scope.ROUTINE),
                        new SettingChange("work_mem", "1MB", Scope.ROUTINE),
                        new SettingChange("a.b", null, Scope.ROUTINE),
                        new SettingChange("timezone", "-7", Scope.ROUTINE),
                        new SettingChange("role", null, Scope.ROUTINE));
    }

    @Test
    void trigger_names_the_function_that_it_will_call() {
        assertThat(statement("CREATE TRIGGER execute AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION app.f('delete')")
                        .functions())
                .containsExactly("app.f");
        assertThat(statement("CREATE EVENT TRIGGER e ON sql_drop WHEN tag IN ('x') EXECUTE PROCEDURE f()")
                        .functions())
                .containsExactly("f");
    }

    @Test
    void what_a_do_says_of_itself_stays_opaque() {
        StatementFacts facts = statement("DO $$ BEGIN SELECT 1 FROM t; END $$");
        assertThat(facts.statementClass()).isEqualTo(StatementClass.OPAQUE);
        assertThat(facts.destructive()).isTrue();
        assertThat(facts.tables()).containsExactly(new TableName(null, "t"));
    }

    private static StatementFacts innermost(List<StatementFacts> statements) {
        StatementFacts last = statements.get(statements.size() - 1);
        if (!last.nested().isEmpty()) {
            return innermost(last.nested());
        }
        return last.deferred().isEmpty() ? last : innermost(last.deferred());
    }

    private static StatementFacts statement(String sql) {
        return SqlAnalyzer.complete(bytes(sql), LexerSettings.DEFAULT)
                .statements()
                .get(0);
    }

    private static byte[] bytes(String sql) {
        return sql.getBytes(StandardCharsets.UTF_8);
    }
}
