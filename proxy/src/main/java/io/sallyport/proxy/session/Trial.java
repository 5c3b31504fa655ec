package io.sallyport.proxy.session;

import io.sallyport.policies.effects.Effects;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.batch.Batch;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A batch that is run to be rolled back: what the server said of it, and who wants to know. */
final class Trial {
    /** Given the batch back. */
    interface Hears {
        /**
         * @param effects what it would do; null where that could not be found out
         * @param unable why; null where it could
         */
        void rehearsed(Batch batch, @Nullable Effects effects, @Nullable String unable);
    }

    /** What says nothing about the batch, but about its place in a transaction of somebody else's. */
    private static final Set<String> NOT_HERE =
            Set.of(SqlState.ACTIVE_SQL_TRANSACTION, SqlState.INVALID_TRANSACTION_TERMINATION);

    private final Hears hears;
    private final RunOutcome said = new RunOutcome(outcome -> {});
    private boolean cancelled;

    Trial(Hears hears) {
        this.hears = hears;
    }

    Hears hears() {
        return hears;
    }

    /** Takes the command tags, and the error. */
    RunOutcome said() {
        return said;
    }

    /** The requester wants it no more: an error of that kind is none of ours. */
    void cancelled() {
        cancelled = true;
    }

    EffectsEnding rehearsed(Effects effects) {
        String unmeasured = effects.unmeasured();
        return unmeasured == null
                ? new EffectsEnding.Rehearsed(effects, null)
                : new EffectsEnding.Rehearsed(null, "what it does cannot be counted: " + unmeasured);
    }

    /**
     * @param atEnd whether it was not the batch itself that failed, but what is checked at COMMIT
     * @return that it cannot be told what it does, or that it failed as it would without us
     */
    EffectsEnding failed(MeasuredRun run, @Nullable String sqlState, @Nullable String message, boolean atEnd) {
        String unable = cancelled ? null : unable(sqlState);
        if (unable == null && atEnd && !cancelled && run.enclosure() == Enclosure.SAVEPOINT) {
            // What is checked at COMMIT may come right before that.
            unable = "it would fail if it were committed now";
        }
        return unable == null
                ? new EffectsEnding.Told(EffectsTexts.rehearsalFailed(sqlState, message, run.reading()))
                : new EffectsEnding.Rehearsed(null, unable);
    }

    private static @Nullable String unable(@Nullable String sqlState) {
        if (SqlState.LOCK_NOT_AVAILABLE.equals(sqlState)) {
            return "others hold a lock that it needs";
        } else if (SqlState.QUERY_CANCELED.equals(sqlState)) {
            return "it takes longer than impact.rehearsal_timeout";
        }
        return sqlState != null && NOT_HERE.contains(sqlState) ? "it does not run in a transaction of ours" : null;
    }
}
