package io.sallyport.proxy.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lines as they are, for the logger. */
final class PlainLines implements AuditOutput {
    private final AuditSink sink;
    private ByteBuffer lines = ByteBuffer.allocate(0);

    PlainLines(AuditSink sink) {
        this.sink = sink;
    }

    @Override
    public void add(List<AuditEvent> events) {
        StringBuilder text = new StringBuilder();
        for (AuditEvent event : events) {
            String line = AuditJson.lineOrNothing(event);
            if (line != null) {
                text.append(line).append('\n');
            }
        }
        // By way of a String: half a surrogate pair becomes a question mark instead of an error.
        lines = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() throws IOException {
        if (lines.hasRemaining()) {
            sink.write(lines);
        }
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
