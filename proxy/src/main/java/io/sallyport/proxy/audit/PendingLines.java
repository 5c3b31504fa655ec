package io.sallyport.proxy.audit;

import io.sallyport.proxy.audit.chain.ChainHead;
import io.sallyport.proxy.audit.chain.Digests;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines on their way to the file, and what they were made of, should they have to go to another one. */
final class PendingLines {
    private record Line(AuditEvent event, ChainHead head, int end) {}

    /**
     * What a write that failed left over.
     *
     * @param written the last line that was written whole; null when none was
     * @param torn the SHA-256 of the part of the next that was written; null when there is none
     */
    record Rest(@Nullable ChainHead written, @Nullable String torn, List<AuditEvent> events) {}

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Line> lines = new ArrayList<>();
    private @Nullable ByteBuffer buffer;

    void add(AuditEvent event, byte[] line, ChainHead head) {
        bytes.writeBytes(line);
        bytes.write('\n');
        lines.add(new Line(event, head, bytes.size()));
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The same one until these lines are cleared: its position tells how far they were written. */
    ByteBuffer buffer() {
        if (buffer == null) {
            buffer = ByteBuffer.wrap(bytes.toByteArray());
        }
        return buffer;
    }

    void clear() {
        bytes.reset();
        lines.clear();
        buffer = null;
    }

    Rest rest() {
        int position = buffer().position();
        int whole = 0;
        while (whole < lines.size() && lines.get(whole).end <= position) {
            whole++;
        }
        int start = whole == 0 ? 0 : lines.get(whole - 1).end;
        return new Rest(
                whole == 0 ? null : lines.get(whole - 1).head,
                position == start ? null : Digests.sha256(buffer().array(), start, position),
                lines.subList(whole, lines.size()).stream().map(Line::event).toList());
    }
}
