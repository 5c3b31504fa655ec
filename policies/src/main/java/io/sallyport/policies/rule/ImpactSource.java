package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementFacts;

/** Tells what statements would do to rows. */
public interface ImpactSource {
    /** Where there is no server to be asked. */
    ImpactSource NOBODY = statement -> Impact.UNKNOWN;

    /**
     * Asked only where a decision hangs on it.
     *
     * @throws RuntimeException where it is to be found out first: there is no decision then
     */
    Impact of(StatementFacts statement);
}
