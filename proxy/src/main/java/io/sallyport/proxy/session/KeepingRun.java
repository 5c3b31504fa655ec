package io.sallyport.proxy.session;

import io.sallyport.protocol.TransactionStatus;
import io.sallyport.proxy.kept.Prepared;
import io.sallyport.proxy.safety.KeptRows;
import org.jspecify.annotations.Nullable;

/** One batch whose rows are kept, and how far it has come. */
final class KeepingRun {
    final Keep keep;
    final MeasuredRun run;
    final RunOutcome released;

    /** Whether the transaction is ours, and not the client's. */
    final boolean ours;

    final KeepingScripts scripts;

    /** What the server said at the end of the batch; null while it has not. */
    @Nullable
    TransactionStatus answered;

    @Nullable
    Prepared prepared;

    /** Running now, on the client's connection, behind the batch. */
    @Nullable
    OwnScript script;

    /** Whether it waits for a worker, behind the batch. */
    boolean sealing;

    @Nullable
    KeptRows rows;

    /** How it ends; null while that is not known. */
    @Nullable
    EffectsEnding ending;

    /** Whether anything of the batch went to the server. */
    boolean sent;

    KeepingRun(Keep keep, MeasuredRun run, RunOutcome released, boolean ours, KeepingScripts scripts) {
        this.keep = keep;
        this.run = run;
        this.released = released;
        this.ours = ours;
        this.scripts = scripts;
    }

    /** The session ends. */
    void close() {
        if (!sent) {
            released.replied();
        }
        released.replied();
        run.batch().release();
    }
}
