package io.sallyport.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Stage;
import org.junit.jupiter.api.AfterEach;

/** A test with one session of alice's; at its end the session closes, and every buffer must have been given back. */
abstract class StagedTest {
    final Stage stage = new Stage();
    final FakeSession alice = FakeSession.of(stage, "alice");

    @AfterEach
    void everything_is_given_back() {
        alice.session.clientGone();
        stage.loop.runTasks();
        stage.directory.all().forEach(Session::terminate);
        stage.loop.runTasks();
        stage.close();
        assertThat(stage.directory.size()).isZero();
        assertThat(stage.holds.waiting()).isEmpty();
        assertThat(stage.loop.timers()).isZero();
        assertThat(stage.waitingRoom.enter(Stage.WAITING_BYTES)).isTrue();
        assertThat(stage.leaked()).isZero();
    }
}
