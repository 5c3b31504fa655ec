package io.sallyport.proxy.gate;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.rule.Impact;
import io.sallyport.policies.rule.ImpactSource;
import io.sallyport.proxy.batch.Batch;
import java.util.IdentityHashMap;

/** What the statements of one batch would do to rows, as far as the server was asked. */
final class Impacts implements ImpactSource {
    private final Batch batch;

    Impacts(Batch batch) {
        this.batch = batch;
    }

    /** A decision hangs on what was not asked yet. */
    static final class NotAsked extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotAsked() {
            super("not asked yet", null, false, false);
        }
    }

    @Override
    public Impact of(StatementFacts statement) {
        IdentityHashMap<StatementFacts, Impact> told = batch.impacts();
        if (told == null) {
            throw new NotAsked();
        }
        return told.getOrDefault(statement, Impact.UNKNOWN);
    }
}
