package io.sallyport.proxy.gate;

import io.sallyport.protocol.frame.Frame;
import io.sallyport.proxy.batch.Batch;
import java.util.List;

/**
 * The right to send the first messages of one batch to the server, once. Only {@link Gatekeeper} makes it, so a path
 * that forwards without having asked does not compile.
 */
public final class Permit {
    private final Batch batch;
    private final int upTo;
    private boolean used;

    Permit(Batch batch, int upTo) {
        this.batch = batch;
        this.upTo = upTo;
    }

    /** How many of the batch's messages may go. */
    public int upTo() {
        return upTo;
    }

    /**
     * The messages that may be sent.
     *
     * @throws IllegalStateException when it was given for another batch, or was used already
     */
    public List<Frame> redeem(Batch given) {
        if (given != batch || used) {
            throw new IllegalStateException(used ? "permit was used already" : "permit is for another batch");
        }
        used = true;
        return batch.frames().subList(0, upTo);
    }
}
