package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Policies;
import io.sallyport.proxy.session.fakes.Stage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All sessions together may not let more wait than the process can keep. */
class WaitingRoomTest extends StagedTest {
    private static final byte[] LARGE =
            query("DELETE FROM users WHERE id < 10 /*" + "x".repeat(Stage.WAITING_BYTES * 2 / 3) + "*/");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_there_is_no_room_for_is_refused_until_the_one_before_has_ended(boolean delayed) {
        stage.policy = () -> delayed ? Policies.DECISIONS : Policies.TESTED;
        FakeSession bob = FakeSession.of(stage, "bob");
        large(alice);
        assertThat(alice.client.take()).singleElement().asString().startsWith("N ");
        large(bob);
        assertThat(bob.upstream.takeBytes()).isNotEmpty().isNotEqualTo(LARGE);
        bob.server(error("42601"), ready('I'));
        assertThat(bob.client.take()).hasSize(2).first().asString().startsWith("E XX000");

        alice.session.cancel(() -> {}, () -> {});
        stage.loop.runTasks();
        alice.server(error("42601"), ready('I'));
        large(bob);
        assertThat(bob.client.take()).singleElement().asString().startsWith("N ");
        assertThat(bob.upstream.takeBytes()).isEmpty();
        bob.session.clientGone();
    }

    private void large(FakeSession session) {
        session.sends(LARGE);
        stage.runWork();
    }
}
