package io.sallyport.protocol.backend;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Belongs to module protocol. */
class ReplyScannerLengthTest {
    /** length + 1 is negative: the walk stands still on the event loop for ever. */
    @Test
    @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void the_largest_length_word_does_not_stop_the_world() {
        byte[] header = {'D', 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0};
        ReplyScanner scanner = new ReplyScanner(Unpooled.buffer().alloc(), new Transcript());
        try {
            scanner.feed(Unpooled.wrappedBuffer(header));
        } catch (io.sallyport.protocol.ProtocolViolation refused) {
            // Refusing is as good as relaying.
        }
    }
}
