package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sallyport.proxy.config.Limits;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EdgeFaultsTest extends StagedTest {
    @Test
    void a_start_up_packet_after_the_time_limit_connects_nowhere() {
        FakeSession late = new FakeSession(stage);
        stage.loop.advance(Duration.ofSeconds(60));
        late.startUp("eve");
        assertThat(late.connects()).isZero();
    }

    @Test
    void a_long_reason_is_read() {
        alice.query("DELETE FROM users WHERE id = 1");
        FakeSession bob = FakeSession.of(stage, "bob");
        assertThatCode(() -> bob.query("SALLYPORT REJECT " + stage.waiting().code() + " '" + "no ".repeat(5_000) + "'"))
                .doesNotThrowAnyException();
    }

    @Test
    void what_destroys_and_must_be_on_record_is_refused_when_it_cannot_be() {
        try (Stage strict = new Stage(new Limits(10, 1 << 20, 1 << 20, 64 << 10, 100), null, true)) {
            FakeSession carol = FakeSession.of(strict, "carol");
            strict.audit.close();
            carol.query("ALTER TABLE users ADD COLUMN seen timestamptz");
            assertThat(carol.toServer()).containsExactly("Q SALLYPORT REFUSED");
            carol.server(error("42601"), ready('I'));
            carol.query("SELECT 1");
            assertThat(carol.toServer()).containsExactly("Q SELECT 1");
        }
    }

    @Test
    void discarding_plans_forgets_no_name() {
        alice.sends(parse("a", "SELECT 1"), parse("b", "SELECT 2"), sync());
        alice.server(PARSED, PARSED, ready('I'));
        alice.query("DISCARD PLANS; DEALLOCATE a")
                .server(complete("DISCARD PLANS"), complete("DEALLOCATE"), ready('I'));
        alice.toServer();
        alice.sends(bind("", "b"), execute("", 0), sync());
        assertThat(alice.toServer()).containsExactly("B  b", "E", "S");
    }
}
