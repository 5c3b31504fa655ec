package io.sallyport.proxy.batch;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.effects.Effects;
import io.sallyport.policies.rule.Impact;
import io.sallyport.protocol.frame.Frame;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks in one go, with the exact bytes received: one Query, or the extended-protocol messages up to
 * Sync, Flush, Query or FunctionCall. Owns its frames until they are forwarded or released.
 */
public final class Batch {
    private final List<Frame> frames;
    private final @Nullable SqlText[] texts;
    private final long receivedNanos = System.nanoTime();
    private @Nullable IdentityHashMap<StatementFacts, Impact> impacts;
    private @Nullable Effects approved;

    Batch(List<Frame> frames) {
        this.frames = List.copyOf(frames);
        this.texts = new @Nullable SqlText[frames.size()];
    }

    public List<Frame> frames() {
        return frames;
    }

    public int size() {
        return frames.size();
    }

    public Frame frame(int index) {
        return frames.get(index);
    }

    /** The last message, which made the batch whole unless it was cut at a limit. */
    public Frame last() {
        return frames.get(frames.size() - 1);
    }

    /** The text that the message at this place carries (Query, Parse), once it was read. */
    @Nullable
    SqlText text(int index) {
        return texts[index];
    }

    void text(int index, SqlText text) {
        texts[index] = text;
    }

    /** What its statements would do to rows; null while nobody was asked. */
    public @Nullable IdentityHashMap<StatementFacts, Impact> impacts() {
        return impacts;
    }

    /** What the server said of it; of what is missing nobody can tell. */
    public void impacts(IdentityHashMap<StatementFacts, Impact> told) {
        impacts = told;
    }

    /** What its transaction may do, and no more; null where nobody has agreed to that. */
    public @Nullable Effects approved() {
        return approved;
    }

    /** Somebody has to agree to these before it runs; null where nobody is asked any more. */
    public void approved(@Nullable Effects told) {
        approved = told;
    }

    /** The same once more, to be sent again; has to be released by itself. */
    public Batch copy() {
        Batch copy = new Batch(frames.stream()
                .map(frame -> new Frame(frame.tag(), frame.bytes().retainedDuplicate()))
                .toList());
        System.arraycopy(texts, 0, copy.texts, 0, texts.length);
        copy.impacts = impacts;
        copy.approved = approved;
        return copy;
    }

    /** When it was whole, by {@link System#nanoTime()}. */
    public long receivedNanos() {
        return receivedNanos;
    }

    /** As the client sent it, in bytes. */
    public long bytes() {
        return frames.stream().mapToLong(frame -> frame.bytes().readableBytes()).sum();
    }

    public void release() {
        frames.forEach(Frame::release);
    }
}
