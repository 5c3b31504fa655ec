package io.sallyport.protocol.wire;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

/** An allocator that says how much of what it gave is still held. */
public final class CountedMemory {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

    public ByteBufAllocator allocator() {
        return allocator;
    }

    public long held() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }
}
