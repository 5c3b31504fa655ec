package io.sallyport.proxy.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, to be ended last first, once: at the end, or on Ctrl-C by the shutdown hook. The hook waits for a start
 * that is under way, so that nothing is started unseen and left behind.
 */
final class Cleanup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean closed;

    /** Starts something. */
    interface Start<T extends AutoCloseable, E extends Exception> {
        T start() throws E;
    }

    synchronized <T extends AutoCloseable, E extends Exception> T own(Start<T, E> start) throws E {
        if (closed) {
            throw new IllegalStateException("the demo is ending");
        }
        T it = start.start();
        started.push(it);
        return it;
    }

    /** A new folder for temporary files, readable by this user alone. */
    Path folder() throws IOException {
        Path folder = Files.createTempDirectory("sallyport-demo-");
        own(() -> () -> delete(folder));
        return folder;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.warn("the demo could not clean up after itself", e);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
