package io.sallyport.proxy.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A file on a disk with so much space left; notes what is asked of it. */
final class FullDisk implements AuditSink {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final AtomicInteger space;
    volatile boolean forceFails;
    private final AuditSink file;

    FullDisk(AuditSink file, int space) {
        this.file = file;
        this.space = new AtomicInteger(space);
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        int end = lines.limit();
        lines.limit(lines.position() + Math.min(space.get(), lines.remaining()));
        space.addAndGet(-lines.remaining());
        try {
            file.write(lines);
        } finally {
            lines.limit(end);
        }
        calls.add("write");
        if (lines.hasRemaining()) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public void force() throws IOException {
        if (forceFails) {
            throw new IOException("Input/output error");
        }
        file.force();
        calls.add("force");
    }

    @Override
    public @Nullable String displaced() {
        return file.displaced();
    }

    @Override
    public void leave() {
        file.leave();
    }

    @Override
    public @Nullable String rotate(Instant now) {
        return file.rotate(now);
    }

    @Override
    public void keep(byte[] checkpoint) {
        file.keep(checkpoint);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
