package io.sallyport.proxy.batch;

import io.netty.buffer.Unpooled;
import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.protocol.frame.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Batches from the bytes of their messages. */
public final class Batches {
    /** Nothing is in flight, and strings are standard. */
    public static final ReadingContext SETTLED = new ReadingContext(LexerSettings.DEFAULT, true, true, true);

    public static final ReadingContext UNSETTLED = new ReadingContext(LexerSettings.DEFAULT, false, true, true);

    private Batches() {}

    public static Batch of(byte[]... messages) {
        List<Frame> frames = new ArrayList<>();
        for (byte[] message : messages) {
            frames.add(frame(message));
        }
        return new Batch(frames);
    }

    /** Of several messages in one array each counts. */
    public static Batch cut(byte[]... streams) {
        List<byte[]> messages = new ArrayList<>();
        for (byte[] stream : streams) {
            for (int from = 0; from < stream.length; ) {
                int length = 1 + java.nio.ByteBuffer.wrap(stream).getInt(from + 1);
                messages.add(Arrays.copyOfRange(stream, from, from + length));
                from += length;
            }
        }
        return of(messages.toArray(byte[][]::new));
    }

    public static Frame frame(byte[] message) {
        return new Frame(message[0], Unpooled.wrappedBuffer(message));
    }

    public static SqlText text(String sql) {
        return SqlText.read(
                sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT, false, new AnalysisCache(1 << 16));
    }
}
