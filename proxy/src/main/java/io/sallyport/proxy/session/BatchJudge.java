package io.sallyport.proxy.session;

import io.sallyport.protocol.TransactionStatus;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReader;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Ruling;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a batch to the gate with what the session knows at this moment. */
final class BatchJudge {
    private static final Logger log = LoggerFactory.getLogger(BatchJudge.class);

    /** @param ruling null while the reading hangs on an answer that is still to come */
    record Judgement(BatchReading reading, @Nullable Ruling ruling) {}

    private final SessionContext context;
    private final BatchReader reader;

    BatchJudge(SessionContext context) {
        this.context = context;
        this.reader = new BatchReader(context.services().analyses(), context.prepared());
    }

    /** A fault on the way is a refusal. */
    Judgement judge(Batch batch) {
        BatchReading reading;
        try {
            context.tokens().screen(batch);
            reading = reader.read(
                    batch, context.settings().reading(context.tracker().settlesByItself()));
        } catch (RuntimeException | StackOverflowError fault) {
            log.error("reading failed; the batch is refused", fault);
            Ruling refusal = context.services().gatekeeper().refuse(batch, 0, Denial.fault(fault));
            return new Judgement(BatchReading.NOTHING, refusal);
        }
        if (reading.unsettled()) {
            return new Judgement(reading, null);
        }
        Denial objection = context.tokens().objection(batch, reading);
        if (objection == null) {
            objection = EnvironmentSetting.objection(context.services().config().environment(), reading);
        }
        if (objection != null) {
            return new Judgement(reading, context.services().gatekeeper().refuse(batch, 0, objection));
        }
        boolean failed = context.tracker().atBoundary() && context.settings().transaction() == TransactionStatus.FAILED;
        return new Judgement(reading, context.services().gatekeeper().judge(batch, reading, context.subject(), failed));
    }
}
