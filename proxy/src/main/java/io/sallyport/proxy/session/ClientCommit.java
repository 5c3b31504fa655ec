package io.sallyport.proxy.session;

import io.sallyport.policies.effects.Effects;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Permit;
import io.sallyport.proxy.impact.EffectsQuestion;
import org.jspecify.annotations.Nullable;

/** The client's own transactions: the server is asked before one is committed. */
final class ClientCommit {
    private final SessionContext context;
    private final BatchGate gate;
    private final EffectsOutcome outcome;

    private final CountedBefore before;
    private Effects done = Effects.NONE;

    ClientCommit(SessionContext context, BatchGate gate, EffectsOutcome outcome, CountedBefore before) {
        this.before = before;
        this.context = context;
        this.gate = gate;
        this.outcome = outcome;
    }

    /** The server passes its counters on when it is idle, once a second or when it is told to (pgstat.c, since version 15). */
    void begins(boolean atBoundary) {
        before.reset(Effects.NONE);
        if (atBoundary && EffectsQuestion.canForget(context.settings().reported())) {
            new OwnScript().run(EffectsQuestion.FORGET).send(context);
        }
    }

    /** No transaction is open. */
    void idle() {
        before.reset(Effects.NONE);
    }

    void run(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome released) {
        if (released != null && batch.approved() != null) {
            // What it did was agreed to, and nothing could be added since.
            commit(batch, reading, permit, released);
            return;
        }
        EffectsAsk ask = EffectsAsk.beforeCommit(context);
        Runnable answered = () -> {
            done = ask.effects();
            if (ask.failure() == null && context.settings().transaction() != TransactionStatus.IN_TRANSACTION) {
                outcome.endedUnseen(batch, reading);
                RunOutcome.ranNot(released, SqlState.INTERNAL_ERROR);
            } else if (outcome.mayCommit(batch, reading, done.since(before.effects()), ask.failure())) {
                commit(batch, reading, permit, released);
            } else {
                RunOutcome.ranNot(released, SqlState.INSUFFICIENT_PRIVILEGE);
            }
        };
        gate.stand(new Standstill.Asking(
                batch, reading, ask::over, answered, () -> RunOutcome.ranNot(released, SqlState.QUERY_CANCELED)));
        context.flush();
    }

    private void commit(Batch batch, BatchReading reading, Permit permit, @Nullable RunOutcome released) {
        before.reset(done);
        context.effects().forward(batch, reading, permit, released);
    }
}
