package io.sallyport.proxy.session;

import io.sallyport.protocol.frame.Frame;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.Hold;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Why nothing of the client's moves on to the server. */
sealed interface Standstill {
    /** The session ends here: gives up what is kept. */
    void release();

    /** The reading of this batch hangs on an answer that is still to come. */
    record Settling(Batch batch) implements Standstill {
        @Override
        public void release() {
            batch.release();
        }
    }

    /** An answer is still to come that does not hang on the server's other ones. */
    sealed interface Unruled extends Standstill {
        Batch batch();

        BatchReading reading();

        /** It ended here, by a cancel or with the session: whoever waits for what becomes of it is told. */
        default void abandon() {}

        @Override
        default void release() {
            abandon();
            batch().release();
        }
    }

    /** A worker reads its texts in full. */
    record Reading(Batch batch, BatchReading reading) implements Unruled {}

    /** A worker carries out its SALLYPORT statements. */
    record Answering(Batch batch, BatchReading reading) implements Unruled {}

    /** A worker asks the control database about its token, or keeps a request for one. */
    record AtTokens(Batch batch, BatchReading reading) implements Unruled {}

    /** A worker looks at what its rule wants to be so before anybody is asked to approve. */
    record AtNets(Batch batch, BatchReading reading) implements Unruled {}

    /** A batch that waits unsent for something outside of the session: it must not outlive who asked. */
    sealed interface Waiting extends Standstill {
        WaitingBatch waiting();

        /** It waits no more. */
        default void over() {
            waiting().over();
        }

        @Override
        default void release() {
            over();
            waiting().batch().release();
        }
    }

    /**
     * A second person is asked.
     *
     * @param quorum how many people are asked because a safety net is not there; 0 where none is missing
     */
    record Held(WaitingBatch waiting, Ruling.Hold ruling, Hold hold, int quorum) implements Waiting {}

    /** The requester has some time left to withdraw it. */
    record Delayed(WaitingBatch waiting, Delay delay) implements Waiting {}

    /** Its requester is told of holds as they come. */
    record Watching(WaitingBatch waiting, Watch watch, Ruling.Allow allow) implements Waiting {
        @Override
        public void over() {
            watch.leave();
            waiting.over();
        }
    }

    /**
     * The server is asked something, or is waited for so that it can be asked.
     *
     * @param over whether that has come to its end
     * @param answered what is done with the batch then
     * @param abandoned what is done where it never comes to that
     */
    record Asking(Batch batch, BatchReading reading, BooleanSupplier over, Runnable answered, Runnable abandoned)
            implements Unruled {
        Asking(Batch batch, BatchReading reading, BooleanSupplier over, Runnable answered) {
            this(batch, reading, over, answered, () -> {});
        }

        @Override
        public void abandon() {
            abandoned.run();
        }
    }

    /**
     * The server is at work for the batch in statements of our own, which a cancel of the client's ends, and then the batch.
     *
     * @param over whether that has come to its end
     * @param answered what is done with the batch then
     */
    record Preparing(Batch batch, BooleanSupplier over, Runnable answered) implements Standstill {
        @Override
        public void release() {
            batch.release();
        }
    }

    /**
     * It was sent, but for the Sync that commits it: what it did is looked at first.
     *
     * @param sync the client's; null where there was none
     * @param end what is done once the server has answered
     */
    record Counting(@Nullable Frame sync, RunOutcome outcome, Runnable end) implements Standstill {
        @Override
        public void release() {
            outcome.replied();
            if (sync != null) {
                sync.release();
            }
        }
    }

    /** A COPY FROM STDIN is to be refused once everything before it was answered. */
    record CopyToRefuse(RefusedCopy copy) implements Standstill {
        @Override
        public void release() {
            copy.release();
        }
    }

    /** A COPY FROM STDIN was refused: its data is swallowed, or a client might send it as SQL. */
    record SwallowingCopy(RefusedCopy copy) implements Standstill {
        @Override
        public void release() {
            copy.release();
        }
    }

    record Closed() implements Standstill {
        @Override
        public void release() {}
    }
}
