package io.sallyport.proxy.session;

import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;

/** Why nothing of the client's moves on to the server. */
sealed interface Standstill {
    /** The reading of this batch hangs on an answer that is still to come. */
    record Settling(Batch batch) implements Standstill {}

    /** A worker reads its texts in full. */
    record Reading(Batch batch, BatchReading reading) implements Standstill {}

    /** A second person is asked. */
    record Held(HeldBatch held) implements Standstill {}

    /** A COPY FROM STDIN was refused: its data is swallowed, or a client might send it as SQL. */
    record SwallowingCopy(RefusedCopy copy) implements Standstill {}

    record Closed() implements Standstill {}
}
