package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.safety.NetFailure;
import io.sallyport.proxy.session.fakes.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What is held under safety nets: nobody is asked in vain, and nothing runs without them. */
class NettedTest extends NettedFixture {
    @Test
    void the_backup_is_looked_at_before_anybody_is_asked() {
        alice.sends(DELETE);
        assertThat(stage.holds.waiting()).isEmpty();
        assertThat(alice.client.take()).isEmpty();
        stage.runWork();
        assertThat(stage.waiting().request().terms().safety())
                .containsExactly(
                        "good backup of 2026-11-21 01:40 UTC (20m 0s old; json), at most 1h",
                        "restore point before it runs");
        assertThat(points).isEmpty();
    }

    @Test
    void too_old_a_backup_is_a_refusal_with_its_age_and_the_rule() throws IOException {
        backup(Duration.ofMinutes(362));
        alice.sends(DELETE);
        stage.runWork();
        assertThat(refusal())
                .isEqualTo("E 42501 denied by Sallyport: the last good backup (json) is 6h 2m old; rule \"netted\""
                        + " wants one within 1h");
        assertThat(stage.holds.waiting()).isEmpty();
    }

    @Test
    void approval_makes_the_restore_point_and_then_sends_the_same_bytes() throws Exception {
        Hold hold = held();
        stage.resolve(new Resolution.Approved("bob"));
        assertThat(alice.upstream.takeBytes()).isEmpty();
        stage.runWork();
        String name = "sallyport_" + hold.code().value().replace("-", "").toLowerCase(Locale.ROOT);
        assertThat(points).containsExactly(name);
        assertThat(alice.upstream.takeBytes()).isEqualTo(DELETE);
        assertThat(alice.client.take())
                .containsExactly(
                        "N restore point " + name + " at 0/3000060",
                        "N " + hold.code() + " approved by bob; running it now");
        assertThat(stage.nets.of(hold.code())).hasSize(1);
        alice.server(complete("DELETE 1"), ready('I'));
        assertThat(alice.toClient()).containsExactly("C DELETE 1", "Z I");
    }

    @Test
    void break_glass_has_its_nets_too() {
        held();
        stage.resolve(new Resolution.BrokenGlass("alice", "the disk is full"));
        assertThat(alice.upstream.takeBytes()).isEmpty();
        stage.runWork();
        assertThat(points).hasSize(1);
        assertThat(alice.upstream.takeBytes()).isEqualTo(DELETE);
        alice.server(complete("DELETE 1"), ready('I'));
    }

    @Test
    void restore_point_that_cannot_be_made_lets_nothing_run() {
        stage.restorePoints = name -> {
            throw new NetFailure(NetFailure.Kind.FAILED, "no restore point could be made: permission denied", "Grant.");
        };
        Hold hold = held();
        stage.resolve(new Resolution.Approved("bob"));
        stage.runWork();
        assertThat(refusal())
                .isEqualTo("E XX000 " + hold.code() + " was released, but no restore point could be made:"
                        + " permission denied: what was approved is void");
        assertThat(hold.outcome()).isNotNull();
    }

    @Test
    void restore_point_that_cannot_be_written_down_lets_nothing_run() {
        held();
        stage.nets.away = true;
        stage.resolve(new Resolution.Approved("bob"));
        stage.runWork();
        assertThat(refusal()).startsWith("E XX000").contains("could not be written down");
    }

    @Test
    void any_fault_lets_nothing_run() {
        stage.restorePoints = name -> {
            throw new IllegalStateException("broken");
        };
        held();
        stage.resolve(new Resolution.Approved("bob"));
        stage.runWork();
        assertThat(refusal()).startsWith("E XX000").contains("failed: IllegalStateException");
    }

    @Test
    void backup_that_got_too_old_meanwhile_voids_the_approval() {
        Hold hold = held();
        stage.loop.skipTime(Duration.ofMinutes(50));
        stage.holds.resolve(hold, new Resolution.Rejected("bob", "too late"));
        stage.loop.runTasks();
        assertThat(refusal()).startsWith("E 42501");
        stage.policy = () -> Policies.of("""
                version: 1
                rules:
                  - {name: longer, when: {kind: delete}, then: {hold: {expires: 2h, safety: [{backup_within: 2h}]}}}
                """);
        Hold second = held();
        stage.loop.skipTime(Duration.ofMinutes(70));
        stage.resolve(new Resolution.Approved("bob"));
        stage.runWork();
        assertThat(refusal())
                .isEqualTo("E 42501 " + second.code() + " was released, but the last good backup (json) is 2h 20m old;"
                        + " rule \"longer\" wants one within 2h: what was approved is void");
    }

    @Test
    void policy_that_observes_looks_at_nothing_and_makes_nothing() throws IOException {
        Files.delete(folder.resolve("backup.json"));
        stage.policy = () -> Policies.of("""
                version: 1
                mode: observe
                rules:
                  - {name: netted, when: {kind: delete}, then: {hold: {safety: [restore_point, {backup_within: 1h}]}}}
                """);
        alice.sends(DELETE);
        assertThat(alice.upstream.takeBytes()).isEqualTo(DELETE);
        assertThat(stage.work).isEmpty();
        alice.server(complete("DELETE 1"), ready('I'));
    }

    @Test
    void restore_point_alone_opens_the_hold_at_once() {
        alice.sends(query("UPDATE users SET a = 1 WHERE id = 1"));
        assertThat(stage.waiting().request().terms().safety()).containsExactly("restore point before it runs");
    }

    @Test
    void net_that_the_configuration_cannot_make_is_refused_at_once() {
        alice.session.clientGone();
        stage.loop.runTasks();
        stage.close();
        start(SafetySettings.DEFAULTS);
        alice.sends(DELETE);
        assertThat(refusal())
                .isEqualTo("E 42501 denied by Sallyport: rule \"netted\" wants the safety net backup_within, and"
                        + " Sallyport is not set up for it");
        alice.sends(query("UPDATE users SET a = 1 WHERE id = 1"));
        assertThat(refusal()).startsWith("E 42501").contains("restore_point");
        alice.sends(query("TRUNCATE users"));
        assertThat(refusal()).startsWith("E 42501").contains("restore_tested_within");
    }

    @Test
    void restore_test_that_nobody_tells_of_is_a_refusal() throws IOException {
        alice.sends(query("TRUNCATE users"));
        stage.runWork();
        assertThat(refusal())
                .startsWith("E XX000 denied by Sallyport: how old the last one is cannot be told")
                .contains("restore_tested_at is no time such as");
        Files.writeString(folder.resolve("backup.json"), "{\"restore_tested_at\": \"2026-11-01T00:00:00Z\"}");
        alice.sends(query("TRUNCATE users"));
        stage.runWork();
        assertThat(stage.waiting().request().terms().safety())
                .containsExactly("restore test of 2026-11-01 00:00 UTC (20d 2h old; json), at most 90d");
    }
}
