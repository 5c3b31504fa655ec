package io.sallyport.proxy.session;

import io.sallyport.policies.effects.Effects;

/**
 * What the server's counters of the client's transaction have in them that nobody needs to be asked about at its COMMIT: of the transaction before it in a
 * chain, of rehearsals that were taken back, and what somebody has agreed to by its numbers.
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
