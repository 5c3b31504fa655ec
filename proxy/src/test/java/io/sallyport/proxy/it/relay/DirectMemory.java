package io.sallyport.proxy.it.relay;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PooledByteBufAllocator;

/** What Netty's allocators of this JVM, the proxy's among them, hold outside the heap. */
public final class DirectMemory {
    private DirectMemory() {}

    public static long usedBytes() {
        long pooled = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider
                && ByteBufAllocator.DEFAULT != PooledByteBufAllocator.DEFAULT) {
            return pooled + provider.metric().usedDirectMemory();
        }
        return pooled;
    }
}
