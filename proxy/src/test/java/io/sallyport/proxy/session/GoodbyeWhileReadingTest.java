package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.it.wire.Frontend.terminate;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoodbyeWhileReadingTest extends StagedTest {
    private static final String LONG = "UPDATE users SET a = 1 /* " + "x".repeat(40_000) + " */";

    @Test
    void a_client_that_said_goodbye_while_a_worker_read_opens_no_hold_for_nobody() {
        alice.sends(query(LONG), terminate());
        stage.runWork();
        assertThat(stage.holds.waiting()).isEmpty();
        assertThat(alice.toServer()).noneMatch(message -> message.contains("UPDATE"));
    }
}
