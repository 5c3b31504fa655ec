package io.sallyport.proxy.batch;

import static io.sallyport.protocol.frontend.FrontendTag.FLUSH;
import static io.sallyport.protocol.frontend.FrontendTag.FUNCTION_CALL;
import static io.sallyport.protocol.frontend.FrontendTag.QUERY;
import static io.sallyport.protocol.frontend.FrontendTag.SYNC;

import io.sallyport.protocol.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects extended-protocol messages until something makes the server answer. What exceeds the size limit is cut:
 * its first part is a batch of its own, judged like any other.
 */
public final class BatchAssembler {
    private static final int MOST_MESSAGES = 20_000;

    private final int maximumBytes;
    private final List<Frame> collected = new ArrayList<>();
    private long bytes;

    public BatchAssembler(int maximumBytes) {
        this.maximumBytes = maximumBytes;
    }

    /** The batch that this message completes, or null while more is to come. */
    public @Nullable Batch add(Frame frame) {
        if (collected.isEmpty() && completes(frame.tag())) {
            return new Batch(List.of(frame));
        }
        collected.add(frame);
        bytes += frame.length();
        return completes(frame.tag()) || bytes >= maximumBytes || collected.size() >= MOST_MESSAGES ? cut() : null;
    }

    /** What was collected so far, or null. */
    public @Nullable Batch cut() {
        if (collected.isEmpty()) {
            return null;
        }
        Batch batch = new Batch(collected);
        collected.clear();
        bytes = 0;
        return batch;
    }

    public boolean isEmpty() {
        return collected.isEmpty();
    }

    public void release() {
        collected.forEach(Frame::release);
        collected.clear();
        bytes = 0;
    }

    private static boolean completes(byte tag) {
        return tag == QUERY.code() || tag == SYNC.code() || tag == FLUSH.code() || tag == FUNCTION_CALL.code();
    }
}
