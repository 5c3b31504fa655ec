package io.sallyport.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.sallyport.proxy.net.ReadGate.Reason;
import org.junit.jupiter.api.Test;

class ReadGateTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ReadGate gate = new ReadGate(channel);

    @Test
    void a_socket_is_read_until_there_is_a_reason_not_to() {
        assertThat(reading()).isTrue();
        gate.set(Reason.PEER_FULL, true);
        assertThat(reading()).isFalse();
        gate.set(Reason.PEER_FULL, false);
        assertThat(reading()).isTrue();
    }

    @Test
    void two_reasons_do_not_undo_each_other() {
        gate.set(Reason.PEER_FULL, true);
        gate.set(Reason.QUEUE_FULL, true);
        gate.set(Reason.PEER_FULL, false);
        assertThat(reading()).isFalse();
        gate.set(Reason.QUEUE_FULL, false);
        assertThat(reading()).isTrue();
    }

    @Test
    void a_reason_given_twice_is_taken_back_once() {
        gate.set(Reason.QUEUE_FULL, true);
        gate.set(Reason.QUEUE_FULL, true);
        gate.set(Reason.QUEUE_FULL, false);
        assertThat(reading()).isTrue();
    }

    @Test
    void a_closing_socket_is_read_whatever_the_reasons_were() {
        gate.set(Reason.PEER_FULL, true);
        gate.set(Reason.QUEUE_FULL, true);
        gate.open();
        assertThat(reading()).isTrue();
    }

    @Test
    void a_leg_that_cannot_take_more_stops_the_reading_of_the_other() {
        EmbeddedChannel upstream = new EmbeddedChannel();
        Legs legs = Legs.create(channel);
        legs.clientWritable(false);
        legs.upstream(upstream);
        assertThat(Legs.of(channel)).isSameAs(legs);
        legs.clientWritable(false);
        assertThat(upstream.config().isAutoRead()).isFalse();
        assertThat(reading()).isTrue();
        legs.upstreamWritable(false);
        assertThat(reading()).isFalse();
        legs.upstreamWritable(true);
        legs.clientWritable(true);
        assertThat(reading()).isTrue();
        assertThat(upstream.config().isAutoRead()).isTrue();
    }

    private boolean reading() {
        return channel.config().isAutoRead();
    }
}
