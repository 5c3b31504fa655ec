package io.sallyport.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Ways in which a stream may arrive in pieces. */
public final class Cuts {
    private Cuts() {}

    public static List<byte[]> whole(byte[] stream) {
        return List.of(stream);
    }

    public static List<byte[]> everyByte(byte[] stream) {
        List<byte[]> pieces = new ArrayList<>();
        for (byte b : stream) {
            pieces.add(new byte[] {b});
        }
        return pieces;
    }

    public static List<byte[]> at(byte[] stream, int position) {
        return List.of(Arrays.copyOf(stream, position), Arrays.copyOfRange(stream, position, stream.length));
    }

    public static List<byte[]> random(byte[] stream, Random random) {
        int longest = 1 + random.nextInt(40);
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < stream.length; ) {
            int to = Math.min(stream.length, from + 1 + random.nextInt(longest));
            pieces.add(Arrays.copyOfRange(stream, from, to));
            from = to;
        }
        return pieces;
    }

    /** Hands each piece over in a buffer of its own. */
    public static void feed(List<byte[]> pieces, ByteBufAllocator allocator, Consumer<ByteBuf> reader) {
        for (byte[] piece : pieces) {
            reader.accept(allocator.buffer(Math.max(1, piece.length)).writeBytes(piece));
        }
    }
}
