package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.session.fakes.Server.AUTHENTICATION_OK;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.config.Limits;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Stage;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FloodTest extends StagedTest {
    /** A megabyte of Syncs before authentication. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_flood_before_authentication_costs_no_more_than_its_length() {
        try (Stage large = new Stage(Limits.DEFAULTS, null, false)) {
            FakeSession flood = new FakeSession(large);
            flood.startUp("eve");
            flood.connect();
            ByteArrayOutputStream syncs = new ByteArrayOutputStream();
            for (int i = 0; i < 200_000; i++) {
                syncs.writeBytes(sync());
            }
            flood.sends(syncs.toByteArray());
            assertThat(flood.upstream.closed()).isFalse();
        }
    }

    @Test
    void a_flood_of_tiny_messages_before_authentication_stops_the_reading_too() {
        FakeSession flood = new FakeSession(stage);
        flood.startUp("eve");
        flood.connect();
        int sent = 0;
        while (!flood.client.stopped() && sent < 2_000) {
            flood.sends(sync());
            sent++;
        }
        assertThat(flood.client.stopped()).isTrue();
        flood.server(AUTHENTICATION_OK, ready('I'));
        assertThat(flood.client.stopped()).isFalse();
    }
}
