package io.sallyport.proxy.session;

import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Permit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a batch whose rows are limited. The server commits a statement of the extended protocol at Sync, not before (protocol-flow,
 * Pipelining): that is kept back until the command tag has come, and where it tells of too many rows an error of ours goes before it.
 * A simple Query goes as what it is in the extended protocol.
 */
final class CountedRun {
    private final SessionContext context;
    private final BatchGate gate;

    CountedRun(SessionContext context, BatchGate gate) {
        this.context = context;
        this.gate = gate;
    }

    /**
     * @param batch ends with a Query or a Sync
     * @param permit for all but the Sync
     * @param exceeded the error for what the server said
     */
    void begin(
            Batch batch,
            BatchReading reading,
            Permit permit,
            RunOutcome outcome,
            RowLimit limit,
            Function<String, Denial> exceeded) {
        Frame last = batch.last();
        Frame sync = last.tag() == FrontendTag.SYNC.code() ? last : null;
        // One for the Sync to come.
        outcome.expectReply();
        context.noteRun(batch, reading);
        if (sync == null) {
            query(batch, reading, permit, outcome, limit);
        } else {
            context.forwarder().forwardOpen(batch, reading, permit, outcome, limit);
        }
        gate.stand(new Standstill.Counting(sync, outcome, () -> end(sync, outcome, limit, exceeded)));
    }

    private void query(Batch batch, BatchReading reading, Permit permit, RunOutcome outcome, RowLimit limit) {
        if (reading.mayChangeReading(permit.upTo())) {
            context.settings().doubt();
        }
        // Ours stands in its place: whoever runs the unnamed one finds none, as behind a Query.
        context.prepared().forget("");
        for (Slot.Kind kind : List.of(Slot.Kind.PARSE, Slot.Kind.BIND, Slot.Kind.DESCRIBE, Slot.Kind.EXECUTE)) {
            Slot slot = new Slot(kind);
            slot.silent = true;
            slot.judged = kind == Slot.Kind.EXECUTE ? reading.points().get(0).texts() : null;
            slot.estimated = batch.impacts();
            slot.limit = limit;
            slot.outcome = outcome;
            outcome.expectReply();
            context.tracker().expect(slot);
        }
        outcome.replied();
        UpstreamLink upstream = context.upstream();
        byte[] sql = FrontendMessage.Query.of(batch.last()).text();
        Substitutes substitutes = new Substitutes();
        substitutes.put(0, Substitutes.openQuery(upstream.allocator(), sql));
        upstream.forward(permit, batch, substitutes);
    }

    /** Where the server has failed itself, it rolls back without our doing. */
    private void end(@Nullable Frame sync, RunOutcome outcome, RowLimit limit, Function<String, Denial> exceeded) {
        UpstreamLink upstream = context.upstream();
        if (!limit.kept() && !context.tracker().skipping()) {
            outcome.failed(SqlState.INSUFFICIENT_PRIVILEGE);
            upstream.own(Substitutes.failingExecute(upstream.allocator()));
            Slot failing = new Slot(Slot.Kind.EXECUTE);
            failing.denial = exceeded.apply(limit.told());
            context.tracker().expect(failing);
        }
        Slot end = new Slot(Slot.Kind.SYNC);
        end.outcome = outcome;
        context.tracker().expect(end);
        if (sync == null) {
            upstream.own(Substitutes.sync(upstream.allocator()));
        } else {
            upstream.relay(sync);
        }
        context.flush();
    }
}
