package io.sallyport.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ChannelEventsTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final ChannelHandlerContext context = channel.pipeline().firstContext();

    @Test
    void an_event_is_a_chunk_of_two_lines() {
        ChannelEvents.begin(context).send("opened", "{}");
        channel.runPendingTasks();
        assertThat(channel.<HttpResponse>readOutbound().headers().get("content-type"))
                .startsWith("text/event-stream");
        HttpContent chunk = channel.readOutbound();
        assertThat(chunk.content().toString(StandardCharsets.UTF_8)).isEqualTo("event: opened\ndata: {}\n\n");
        chunk.release();
    }

    @Test
    void whoever_reads_too_slowly_is_disconnected_and_nothing_more_is_kept() {
        ChannelEvents events = ChannelEvents.begin(context);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
        // What is written and not flushed is what a socket does not take.
        channel.write(io.netty.buffer.Unpooled.wrappedBuffer(new byte[100]));
        assertThat(channel.isWritable()).isFalse();
        events.send("beat", "{}");
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        channel.releaseOutbound();
    }
}
