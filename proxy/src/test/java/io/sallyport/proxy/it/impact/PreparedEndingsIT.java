package io.sallyport.proxy.it.impact;

import static io.sallyport.proxy.it.impact.EffectsStage.types;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What begins and ends transactions by a prepared name, or by a portal, is not used to get round the look before COMMIT. */
@Timeout(120)
final class PreparedEndingsIT {
    private static final String ALL = "DELETE FROM log";

    private EffectsStage stage;
    private WireClient alice;

    @BeforeEach
    void opens() {
        stage = new EffectsStage();
        alice = stage.alice;
    }

    @AfterEach
    void closes() {
        stage.close();
    }

    private void say(byte[]... messages) {
        alice.send(messages);
        alice.send(Frontend.sync());
    }

    private void assertRefused(String state) {
        ServerMessage error = alice.readUntilReady().stream()
                .filter(message -> message.type() == 'E')
                .findFirst()
                .orElseThrow();
        assertThat(error.sqlState()).isEqualTo(state);
    }

    private void assertNothingGone() {
        assertThat(stage.count("log")).isEqualTo("10");
    }

    @ParameterizedTest
    @CsvSource({"COMMIT,true", "COMMIT,false", "COMMIT AND CHAIN,true", "COMMIT AND CHAIN,false", "ROLLBACK,false"})
    void end_that_the_client_has_prepared_is_not_run_by_a_function(String end, boolean inTransaction) {
        alice.query("CREATE TEMP TABLE trap (id int)");
        alice.query("CREATE FUNCTION pg_temp.ends() RETURNS trigger LANGUAGE plpgsql AS "
                + "$$BEGIN EXECUTE 'execute ending'; RETURN NULL; END$$");
        alice.query("CREATE TRIGGER ends AFTER INSERT ON trap EXECUTE FUNCTION pg_temp.ends()");
        say(Frontend.parse("ending", end));
        assertThat(types(alice.readUntilReady())).isEqualTo("1Z");
        alice.query(inTransaction ? "BEGIN" : "SELECT 1");
        alice.query(inTransaction ? ALL : "SELECT 1");
        assertRefusedWith(
                "26000", inTransaction ? "INSERT INTO trap VALUES (1)" : ALL + "; INSERT INTO trap VALUES (1)");
        alice.query("ROLLBACK");
        assertNothingGone();
        alice.query("BEGIN");
        say(Frontend.bind("", "ending"), Frontend.execute("", 0));
        assertThat(types(alice.readUntilReady()))
                .as("it is there for the client")
                .isEqualTo("2CZ");
        say(Frontend.describeStatement("ending"));
        assertThat(types(alice.readUntilReady())).isEqualTo("tnZ");
    }

    @Test
    void end_that_is_prepared_up_to_flush_is_not_run_by_what_follows() {
        alice.query("BEGIN");
        alice.send(Frontend.parse("ending", "COMMIT"), Frontend.flush());
        assertThat(alice.read().type()).isEqualTo('1');
        say(Frontend.parse("", ALL), Frontend.bind("", ""), Frontend.execute("", 0));
        assertRefused("0A000");
        alice.query("ROLLBACK");
        assertNothingGone();
    }

    @Test
    void question_of_ours_cannot_be_put_another_in_its_place() {
        alice.query("CREATE FUNCTION pg_temp.lies() RETURNS int LANGUAGE plpgsql AS $$DECLARE q text; BEGIN "
                + "FOR q IN SELECT name FROM pg_prepared_statements WHERE name LIKE 'sallyport%' LOOP "
                + "EXECUTE format('DEALLOCATE %I', q); EXECUTE format('PREPARE %I AS SELECT ''counting on''', q); END LOOP; "
                + "DELETE FROM public.log; RETURN 1; END$$");
        alice.send(Frontend.query("SELECT pg_temp.lies()"));
        stage.reject(stage.held("log: 10 rows deleted"));
        assertNothingGone();
    }

    @Test
    void begin_that_is_bound_and_never_executed_switches_nothing_off() {
        say(
                Frontend.parse("", "BEGIN"),
                Frontend.bind("one", ""),
                Frontend.parse("", ALL),
                Frontend.bind("two", ""),
                Frontend.execute("two", 0));
        assertRefused("0A000");
        say(
                Frontend.parse("", "BEGIN"),
                Frontend.bind("", ""),
                Frontend.parse("", ALL),
                Frontend.bind("", ""),
                Frontend.execute("", 0));
        assertRefused("0A000");
        assertNothingGone();
    }

    @Test
    void name_that_stands_for_begin_and_for_more_begins_nothing() {
        alice.query(
                "CREATE FUNCTION pg_temp.frees() RETURNS int LANGUAGE plpgsql AS $$BEGIN EXECUTE 'deallocate b'; RETURN 1; END$$");
        say(Frontend.parse("b", "BEGIN"));
        alice.readUntilReady();
        alice.query("SELECT pg_temp.frees()");
        alice.query("PREPARE b AS " + ALL);
        say(Frontend.bind("", "b"), Frontend.execute("", 0));
        assertRefused("0A000");
        assertNothingGone();
    }

    @Test
    void deferred_trigger_finds_no_prepared_commit_when_it_is_asked_about() {
        alice.query("CREATE TEMP TABLE trap (id int)");
        alice.query("CREATE FUNCTION pg_temp.ends() RETURNS trigger LANGUAGE plpgsql AS "
                + "$$BEGIN EXECUTE 'execute ending'; RETURN NULL; END$$");
        alice.query("CREATE CONSTRAINT TRIGGER ends AFTER INSERT ON trap DEFERRABLE INITIALLY DEFERRED "
                + "FOR EACH ROW EXECUTE FUNCTION pg_temp.ends()");
        say(Frontend.parse("ending", "COMMIT"));
        alice.readUntilReady();
        alice.query("BEGIN");
        alice.query(ALL);
        alice.query("INSERT INTO trap VALUES (1)");
        say(Frontend.bind("", "ending"), Frontend.execute("", 0));
        assertRefused("26000");
        alice.query("ROLLBACK");
        assertNothingGone();
    }

    @Test
    void commit_that_was_bound_before_anybody_looked_is_refused_later() {
        try (WireClient other = stage.login("other")) {
            other.query("BEGIN");
            other.send(Frontend.parse("pc", "COMMIT"), Frontend.bind("pc", "pc"), Frontend.sync());
            other.readUntilReady();
            other.query("SET application_name = 'gated'");
            other.query(ALL);
            other.send(Frontend.execute("pc", 0), Frontend.sync());
            List<ServerMessage> answer = other.readUntilReady();
            assertThat(answer.get(0).field('C')).isEqualTo("0A000");
            assertNothingGone();
        }
    }

    private void assertRefusedWith(String state, String sql) {
        List<ServerMessage> answer = alice.query(sql);
        assertThat(types(answer)).endsWith("EZ");
        assertThat(answer.get(answer.size() - 2).field('C')).isEqualTo(state);
    }
}
