package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.terminate;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.parameter;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.hold.Resolution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** While safety nets are looked at or made, everything else goes on: who asked may leave, cancel, or have to wait too long. */
class NettedMeanwhileTest extends NettedFixture {
    @Test
    void cancel_while_the_nets_are_made_lets_nothing_run() {
        held();
        stage.resolve(new Resolution.Approved("bob"));
        alice.session.cancel(() -> {}, () -> {});
        stage.loop.runTasks();
        assertThat(refusal()).startsWith("E 57014");
        stage.runWork();
        assertThat(alice.upstream.takeBytes()).isEmpty();
    }

    @Test
    void cancel_while_the_backup_is_looked_at_asks_nobody() {
        alice.sends(DELETE);
        alice.session.cancel(() -> {}, () -> {});
        stage.loop.runTasks();
        assertThat(refusal()).startsWith("E 57014");
        stage.runWork();
        assertThat(stage.holds.waiting()).isEmpty();
    }

    @Test
    void nothing_runs_for_a_client_that_is_gone_meanwhile() {
        held();
        stage.resolve(new Resolution.Approved("bob"));
        alice.session.clientGone();
        stage.runWork();
        assertThat(alice.upstream.takeBytes()).isEmpty();
    }

    @Test
    void nobody_is_asked_for_a_client_that_has_said_goodbye() {
        alice.sends(DELETE);
        alice.sends(terminate());
        stage.runWork();
        assertThat(stage.holds.waiting()).isEmpty();
        assertThat(alice.toServer()).noneMatch(message -> message.contains("DELETE"));
    }

    @Test
    void the_server_is_kept_patient_while_the_nets_are_made() {
        held();
        alice.toServer();
        stage.resolve(new Resolution.Approved("bob"));
        stage.loop.advance(Duration.ofSeconds(6));
        assertThat(alice.toServer()).containsExactly("S");
        alice.server(ready('I'));
        stage.runWork();
        assertThat(alice.toServer()).containsExactly("Q DELETE FROM users WHERE id < 10");
        alice.server(complete("DELETE 1"), ready('I'));
    }

    @Test
    void nets_that_take_too_long_let_nothing_run_whatever_comes_later() {
        held();
        alice.toServer();
        stage.resolve(new Resolution.Approved("bob"));
        stage.loop.skipTime(Duration.ofSeconds(9));
        stage.loop.advance(Duration.ofSeconds(2));
        alice.server(ready('I'));
        List<String> sent = alice.toServer();
        assertThat(sent).contains("Q SALLYPORT REFUSED").noneMatch(message -> message.contains("DELETE"));
        alice.server(error("42601"), ready('I'));
        assertThat(alice.toClient().get(0)).startsWith("E XX000").contains("took too long");
        stage.runWork();
        assertThat(alice.toServer()).isEmpty();
    }

    @Test
    void workers_that_have_too_much_to_do_are_a_refusal() {
        stage.netsFull = true;
        alice.sends(DELETE);
        stage.loop.runTasks();
        assertThat(refusal()).startsWith("E XX000 denied by Sallyport: looking at backups failed");
        alice.sends(query("UPDATE users SET a = 1 WHERE id = 1"));
        stage.resolve(new Resolution.Approved("bob"));
        stage.loop.runTasks();
        assertThat(refusal()).startsWith("E XX000").contains("making the safety nets failed");
    }

    @Test
    void setting_that_changes_while_the_backup_is_looked_at_has_it_judged_again() {
        alice.sends(DELETE);
        alice.server(parameter("DateStyle", "German"));
        stage.runWork();
        assertThat(stage.holds.waiting()).isEmpty();
        stage.runWork();
        assertThat(stage.waiting().request().rule()).isEqualTo("netted");
    }
}
