package io.sallyport.proxy.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Keeps what is written, and fails when told to. */
final class RecordingSink implements AuditSink {
    volatile Runnable beforeWriting = () -> {};
    volatile boolean failing;
    /** The first write stops with an error after so many bytes; zero lets it be. */
    volatile int tornAfter;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Override
    public synchronized void write(ByteBuffer lines) throws IOException {
        beforeWriting.run();
        if (failing) {
            throw new IOException("no space left");
        }
        int writable = tornAfter > 0 ? tornAfter : lines.remaining();
        for (int i = 0; i < writable; i++) {
            written.write(lines.get());
        }
        if (tornAfter > 0) {
            tornAfter = 0;
            throw new IOException("no space left");
        }
    }

    /** Whole lines only. */
    List<String> lines() {
        String text = written.toString(StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    @Override
    public void close() {}
}
