package io.sallyport.proxy.it.soak;

import io.sallyport.proxy.it.relay.DirectMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process, the proxies in it, holds at one moment. */
record Levels(long descriptors, long heapBytes, long directBytes, int threads) {
    private static final int COLLECTIONS = 3;

    static Levels now() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return new Levels(
                openFiles(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                DirectMemory.usedBytes(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static long openFiles() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
