package io.sallyport.proxy.it.impact;

import static io.sallyport.proxy.it.impact.EffectsStage.extended;
import static io.sallyport.proxy.it.impact.EffectsStage.types;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rehearsal runs what nobody has agreed to yet: it tells nothing, leaves nothing, and is over with the requester. */
@Timeout(120)
final class HiddenRehearsalIT {
    private EffectsStage stage;
    private WireClient alice;

    @BeforeEach
    void opens() {
        stage = new EffectsStage(
                TestServer.shared(), "rehearsal", "plain", Map.of("impact.rehearsal_timeout", "1500ms"));
        alice = stage.alice;
    }

    @AfterEach
    void closes() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM child; DELETE FROM t WHERE id / 0 = 1",
                "DELETE FROM t RETURNING name, 1 / (id - 9)",
                "DELETE FROM tiny WHERE id = (SELECT string_agg(name, ',')::int FROM t)"
            })
    void what_a_failing_rehearsal_has_read_is_not_told(String sql) {
        for (byte[] message :
                sql.contains(";") ? List.of(Frontend.query(sql)) : List.of(Frontend.query(sql), extended(sql))) {
            alice.send(message);
            List<ServerMessage> answer = alice.readUntilReady();
            assertThat(types(answer)).isEqualTo("EZ");
            assertThat(answer.get(0).field('M'))
                    .startsWith("it failed when Sallyport ran it")
                    .doesNotContain("n,n");
        }
        assertThat(stage.bob.noHolds()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void prepared_commit_does_not_end_it_from_inside(boolean inTransaction) {
        alice.query("CREATE TEMP TABLE trap (id int)");
        alice.query("CREATE FUNCTION pg_temp.ends() RETURNS trigger LANGUAGE plpgsql AS "
                + "$$BEGIN EXECUTE 'execute ending'; RETURN NULL; END$$");
        alice.query("CREATE TRIGGER ends AFTER INSERT ON trap EXECUTE FUNCTION pg_temp.ends()");
        alice.send(Frontend.join(Frontend.parse("ending", "COMMIT AND CHAIN"), Frontend.sync()));
        assertThat(types(alice.readUntilReady())).isEqualTo("1Z");
        if (inTransaction) {
            alice.query("BEGIN");
        }
        List<ServerMessage> answer = alice.query("DELETE FROM tiny; INSERT INTO trap VALUES (1)");
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).field('C')).as("there is none now").isEqualTo("26000");
        assertThat(stage.count("tiny")).isEqualTo("2");
        alice.query("ROLLBACK");
        alice.query("BEGIN");
        alice.send(Frontend.join(Frontend.bind("", "ending"), Frontend.execute("", 0), Frontend.sync()));
        assertThat(types(alice.readUntilReady())).as("afterwards it is there").isEqualTo("2CZ");
    }

    @Test
    void what_cannot_be_counted_is_no_number() {
        alice.query("BEGIN");
        alice.query("DECLARE later CURSOR WITH HOLD FOR SELECT 1");
        List<ServerMessage> answer = alice.query("DELETE FROM strict");
        assertThat(answer.get(0).field('M')).contains("wants it rehearsed first, and what it does cannot be counted");
        alice.query("ROLLBACK");
        assertThat(stage.count("strict")).isEqualTo("1");
    }

    @Test
    void flush_before_it_leaves_no_transaction_of_ours_open() {
        WireClient plain = alice;
        alice = stage.login("gated");
        stage.alice = alice;
        alice.send(Frontend.flush());
        alice.send(Frontend.query("DELETE FROM tiny WHERE id = 1"));
        List<ServerMessage> answer = stage.approved(stage.heldSaying("not rehearsed"));
        assertThat(types(answer)).endsWith("CZ");
        assertThat(answer.get(answer.size() - 1).status()).isEqualTo('I');
        assertThat(stage.count("tiny")).isEqualTo("1");
        alice.close();
        alice = plain;
        stage.alice = plain;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancel_ends_it(boolean inTransaction) {
        if (inTransaction) {
            alice.query("BEGIN");
        }
        alice.send(Frontend.query("DELETE FROM tiny WHERE pg_sleep(0.6) IS NOT NULL"));
        await().until(() -> stage.server
                .ask(stage.database, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                .equals("1"));
        try (WireClient canceller = WireClient.connect(stage.proxy.port())) {
            canceller.send(Frontend.cancelRequest(alice.key()));
            canceller.readByte();
        }
        List<ServerMessage> answer = alice.readUntilReady();
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).field('C')).isEqualTo("57014");
        assertThat(answer.get(1).status()).isEqualTo(inTransaction ? 'E' : 'I');
        assertThat(stage.bob.noHolds()).isTrue();
        assertThat(stage.count("tiny")).isEqualTo("2");
    }

    @Test
    void client_that_leaves_meanwhile_asks_nobody() {
        alice.send(Frontend.query("DELETE FROM tiny WHERE pg_sleep(0.3) IS NOT NULL"));
        await().until(() -> stage.server
                .ask(stage.database, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                .equals("1"));
        alice.close();
        await().until(() -> stage.server
                .ask(
                        stage.database,
                        "SELECT count(*) FROM pg_stat_activity WHERE usename = 'alice' AND datname = current_database()")
                .equals("0"));
        assertThat(stage.bob.noHolds()).isTrue();
        assertThat(stage.count("tiny")).isEqualTo("2");
    }

    @Test
    void what_is_checked_at_commit_may_come_right_before_it() {
        alice.query("BEGIN");
        alice.send(Frontend.query("INSERT INTO uniq VALUES (1)"));
        String code = stage.heldSaying("not rehearsed: it would fail if it were committed now");
        assertThat(types(stage.approved(code))).isEqualTo("NCZ");
        alice.query("ROLLBACK");
        List<ServerMessage> answer = alice.query("INSERT INTO uniq VALUES (1)");
        assertThat(answer.get(0).field('C')).isEqualTo("23505");
    }

    @Test
    void answers_that_are_owed_come_first() {
        alice.send(Frontend.join(Frontend.query("SELECT pg_sleep(0.2)"), Frontend.query("DELETE FROM tiny")));
        assertThat(types(alice.readUntilReady())).isEqualTo("TDCZ");
        assertThat(types(stage.approved(stage.heldSaying("rehearsed: tiny: 2 rows deleted"))))
                .isEqualTo("NCZ");
    }
}
