package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.execute;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.session.fakes.Server.PARSED;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TwoReadingsInOneBatchTest extends StagedTest {
    @Test
    void a_text_behind_a_bind_that_may_change_how_it_is_read_is_read_both_ways() {
        alice.sends(parse("s1", "SET standard_conforming_strings = off"), sync());
        alice.server(PARSED, ready('I'));
        alice.toServer();
        alice.sends(
                bind("", "s1"),
                execute("", 0),
                parse("", "UPDATE t SET a = 1 WHERE b = '\\' AND c = ' OR true --'"),
                bind("", ""),
                execute("", 0),
                sync());
        stage.runWork();
        assertThat(alice.toServer()).isEmpty();
        assertThat(stage.waiting().request().rule()).isEqualTo("whole tables held");
    }
}
