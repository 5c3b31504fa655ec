package io.sallyport.policies.analysis;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/** A hash of bytes, eight at a time; seeded by the process, so that nobody outside can prepare texts that collide. */
final class TextHash {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = ThreadLocalRandom.current().nextLong();

    /** Odd, its bits about half ones: the constant of splitmix64. */
    private static final long MIX = 0xbf58476d1ce4e5b9L;

    private TextHash() {}

    static int of(byte[] text) {
        long hash = SEED ^ text.length;
        int i = 0;
        for (; i + Long.BYTES <= text.length; i += Long.BYTES) {
            hash = step(hash, (long) WORDS.get(text, i));
        }
        long rest = 0;
        for (int shift = 0; i < text.length; i++, shift += Byte.SIZE) {
            rest |= (text[i] & 0xffL) << shift;
        }
        hash = step(hash, rest);
        return (int) (hash ^ (hash >>> 32));
    }

    private static long step(long hash, long word) {
        long mixed = (hash ^ word) * MIX;
        return mixed ^ (mixed >>> 29);
    }
}
