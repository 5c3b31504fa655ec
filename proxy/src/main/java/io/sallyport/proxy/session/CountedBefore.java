package io.sallyport.proxy.session;

import io.sallyport.policies.effects.Effects;

/**
 * What the server's counters of the client's transaction have in them that nobody needs to be asked about at its COMMIT: of the transaction before it in a chain, and
 * what we wrote ourselves. Nothing of the client's own is ever taken off: a savepoint that goes back behind a TRUNCATE takes counts with it.
 */
final class CountedBefore {
    private Effects effects = Effects.NONE;

    Effects effects() {
        return effects;
    }

    void reset(Effects to) {
        effects = to;
    }

    /** What could not be measured counts on. */
    void add(Effects more) {
        effects = more.unmeasured() == null ? effects.plus(more) : effects;
    }
}
