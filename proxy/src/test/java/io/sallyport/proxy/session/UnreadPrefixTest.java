package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.join;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.hold.Resolution;
import org.junit.jupiter.api.Test;

/** What stands before a refusal is sent: it must have been read in full like everything else that is sent. */
class UnreadPrefixTest extends StagedTest {
    private static final String LONG = "UPDATE users SET a = 1 /* " + "x".repeat(40_000) + " */";
    private static final String OPEN = "UPDATE users SET a = 1 WHERE id IS NULL OR id IS NOT NULL";

    @Test
    void a_long_text_before_an_unknown_name_is_read_before_it_goes() {
        alice.sends(run("BEGIN"), run(LONG), run("COMMIT"), bind("", "unknown"), execute("", 0), sync());
        stage.runWork();
        assertThat(alice.toServer()).noneMatch(message -> message.contains("UPDATE"));
    }

    @Test
    void a_long_text_before_a_denial_is_read_before_it_goes() {
        alice.sends(run("BEGIN"), run(LONG), run("COMMIT"), run("DROP TABLE t"), sync());
        stage.runWork();
        assertThat(alice.toServer()).noneMatch(message -> message.contains("UPDATE"));
    }

    @Test
    void a_condition_left_open_before_a_denial_is_read_before_it_goes() {
        alice.sends(run("BEGIN"), run(OPEN), run("COMMIT"), run("DROP TABLE t"), sync());
        stage.runWork();
        assertThat(alice.toServer()).noneMatch(message -> message.contains("UPDATE"));
    }

    @Test
    void a_hold_withdrawn_by_its_requester_sends_nothing_that_was_not_read() {
        alice.sends(run("BEGIN"), run(OPEN), run("COMMIT"), run("DELETE FROM users WHERE id = 1"), sync());
        stage.runWork();
        stage.resolve(new Resolution.Withdrawn("canceled by the requester"));
        assertThat(alice.toServer()).noneMatch(message -> message.contains("UPDATE"));
    }

    @Test
    void a_hold_does_not_hide_a_denial_that_only_the_full_reading_sees() {
        String longDrop = "DROP TABLE t /* " + "x".repeat(40_000) + " */";
        alice.sends(run("DELETE FROM users WHERE id = 1"), run(longDrop), sync());
        stage.runWork();
        assertThat(stage.holds.waiting()).isEmpty();
        assertThat(alice.toServer()).contains("S").noneMatch(message -> message.contains("DROP"));
    }

    private static byte[] run(String sql) {
        return join(parse("", sql), bind("", ""), execute("", 0));
    }
}
