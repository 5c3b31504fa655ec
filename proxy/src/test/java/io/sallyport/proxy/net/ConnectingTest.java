package io.sallyport.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectingTest {
    private final List<Throwable> heard = new ArrayList<>();

    @Test
    void a_read_before_the_connection_is_no_fault_of_it_and_everything_else_is_told() {
        // This kind of channel is connected from the start, which is told to nobody who comes later.
        EmbeddedChannel channel = new EmbeddedChannel(new Listening());
        channel.pipeline().addFirst(new Connecting());
        IOException fault = new IOException("reset");
        channel.pipeline().fireExceptionCaught(new NotYetConnectedException());
        channel.pipeline().fireExceptionCaught(fault);
        assertThat(heard).containsExactly(fault);
        channel.finishAndReleaseAll();
    }

    @Test
    void it_leaves_once_there_is_a_connection() {
        EmbeddedChannel channel = new EmbeddedChannel(new Connecting(), new Listening());
        channel.pipeline().fireChannelActive();
        assertThat(channel.pipeline().get(Connecting.class)).isNull();
        channel.finishAndReleaseAll();
    }

    private final class Listening extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            heard.add(cause);
        }
    }
}
