package io.sallyport.proxy.it.hostile;

import io.sallyport.proxy.it.wire.Frontend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ways around the gate that were open once, with the bytes that went through. */
@Timeout(120)
final class GateBypassIT {
    private static final String DELETE = "DELETE FROM t";

    private static final byte[] BIND = Frontend.bind("", "");
    private static final byte[] EXECUTE = Frontend.execute("", 0);
    private static final byte[] SYNC = Frontend.sync();
    private static final byte[] FLUSH = Frontend.flush();

    /** In UTF-8 one string; in SJIS, where 0x83 0x5C is one character, a string, a DELETE and a comment. */
    private static final byte[] TWO_FACED = Latin1.query("SELECT E'\u0083\\'; DELETE FROM t; --'");

    private final BypassStage stage = new BypassStage();

    private static byte[] runs(String sql) {
        return Frontend.join(Frontend.parse("", sql), BIND, EXECUTE);
    }

    private static void prepareHarmless(Attacker attacker) {
        attacker.synced(Frontend.parse("s", "SELECT 1"), SYNC);
    }

    @Test
    void a_name_parsed_in_the_batch_that_executes_it_by_sql_is_judged() {
        stage.stops(
                attacker -> {
                    prepareHarmless(attacker);
                    attacker.synced(Frontend.closeStatement("s"), Frontend.parse("s", DELETE), runs("EXECUTE s"), SYNC);
                },
                "held");
    }

    @Test
    void a_name_parsed_ahead_of_a_query_that_executes_it_is_judged() {
        stage.stops(
                attacker -> {
                    prepareHarmless(attacker);
                    attacker.synced(
                            Frontend.closeStatement("s"), Frontend.parse("s", DELETE), Frontend.query("EXECUTE s"));
                },
                "held");
    }

    @Test
    void a_portal_of_execute_cannot_outlive_the_text_it_was_judged_by() {
        stage.stops(
                attacker -> {
                    prepareHarmless(attacker);
                    attacker.synced(
                            Frontend.parse("e", "EXECUTE s"),
                            Frontend.bind("p", "e"),
                            Frontend.closeStatement("s"),
                            Frontend.parse("s", DELETE),
                            Frontend.execute("p", 0),
                            SYNC);
                },
                "0A000");
    }

    @Test
    void nor_can_it_over_three_flushed_batches() {
        stage.stops(
                attacker -> {
                    prepareHarmless(attacker);
                    attacker.flushed('2', Frontend.parse("e", "EXECUTE s"), Frontend.bind("p", "e"), FLUSH);
                    attacker.flushed('1', Frontend.closeStatement("s"), Frontend.parse("s", DELETE), FLUSH);
                    attacker.synced(Frontend.execute("p", 0), SYNC);
                },
                "0A000");
    }

    /** The server reports changed settings only ahead of ReadyForQuery (since 14, postgres.c). */
    @Test
    void a_string_setting_behind_a_flush_is_in_doubt() {
        stage.stops(
                attacker -> {
                    attacker.flushed('C', runs("SET standard_conforming_strings = off"), FLUSH);
                    attacker.synced(Frontend.query("SELECT '\\', ' ; DELETE FROM t; --'"));
                },
                "held");
    }

    @Test
    void an_encoding_behind_a_flush_is_in_doubt() {
        stage.stops(
                attacker -> {
                    attacker.flushed('C', runs("SET client_encoding = 'SJIS'"), FLUSH);
                    attacker.synced(TWO_FACED);
                },
                "held");
    }

    @Test
    void a_name_of_another_encoding_is_refused_before_sql_can_run_it() {
        stage.stops(
                attacker -> {
                    attacker.synced(Frontend.query("SET client_encoding = 'LATIN1'"));
                    attacker.synced(Latin1.parse("\u00e9", DELETE), SYNC);
                    attacker.synced(Latin1.query("PREPARE \"\u00e8\" AS SELECT 1"));
                    attacker.synced(Latin1.query("EXECUTE \"\u00e9\""));
                },
                "0A000");
    }

    /** 33 bytes to the proxy; 65 to a server in UTF8, which cuts both names to the same 63. */
    @Test
    void names_that_the_server_cuts_to_one_are_refused() {
        String name = "\u00e9".repeat(32);
        stage.stops(
                attacker -> {
                    attacker.synced(Frontend.query("SET client_encoding = 'LATIN1'"));
                    attacker.synced(Latin1.parse(name + "b", "SELECT 1"), SYNC);
                    attacker.synced(Latin1.closeStatement(name + "a"), Latin1.parse(name + "a", DELETE), SYNC);
                    attacker.synced(Latin1.bind("", name + "b"), EXECUTE, SYNC);
                },
                "0A000");
    }

    @Test
    void an_encoding_set_through_pg_settings_puts_the_next_text_in_doubt() {
        stage.stops(
                attacker -> attacker.synced(
                        runs("UPDATE pg_settings SET setting = 'SJIS' WHERE name = 'client_encoding'"), TWO_FACED),
                "held");
    }

    @Test
    void an_encoding_set_by_a_nested_function_puts_the_next_text_in_doubt() {
        stage.stops(
                attacker -> attacker.synced(
                        runs("WITH a AS (INSERT INTO t SELECT length(set_config('client_encoding', 'SJIS', false))"
                                + " RETURNING 1) SELECT 1"),
                        TWO_FACED),
                "held");
    }

    /** Nothing in front of a refusal may go unread: over 32 KiB a text is first only looked at from outside. */
    @Test
    void a_long_text_ahead_of_a_refused_message_is_not_let_through_unread() {
        stage.stops(
                attacker -> attacker.synced(
                        runs("BEGIN"),
                        runs(DELETE + " /* " + "x".repeat(40 << 10) + " */"),
                        runs("COMMIT"),
                        Frontend.bind("", "nowhere"),
                        SYNC),
                "26000");
    }

    @Test
    void a_long_text_ahead_of_a_held_one_does_not_run_when_that_is_withdrawn() {
        stage.stops(
                attacker -> attacker.synced(
                                runs("BEGIN"),
                                runs(DELETE + " /* " + "x".repeat(40 << 10) + " */"),
                                runs("COMMIT"),
                                runs("DROP TABLE nowhere"),
                                SYNC)
                        .withdraws(),
                "held");
    }

    /** With standard_conforming_strings off the first string ends only at {@code ' OR}. */
    @Test
    void a_text_behind_a_bind_is_read_both_ways() {
        stage.stops(
                attacker -> {
                    attacker.synced(Frontend.parse("off", "SET standard_conforming_strings = off"), SYNC);
                    attacker.synced(
                            Frontend.bind("", "off"),
                            EXECUTE,
                            runs("DELETE FROM t WHERE b = '\\' AND b = ' OR true --'"),
                            SYNC);
                },
                "held");
    }
}
