package io.sallyport.proxy.config;

import java.time.Duration;

/**
 * What is asked about the rows that statements would change.
 *
 * @param timeout how long the server may take for one answer
 * @param rehearsalTimeout how long a statement may run to be rolled back
 */
public record ImpactSettings(Ask estimate, Duration timeout, Duration rehearsalTimeout) {
    public static final ImpactSettings DEFAULTS =
            new ImpactSettings(Ask.HOLDS, Duration.ofSeconds(2), Duration.ofSeconds(10));

    /** When the server is asked for its planner's estimate. */
    public enum Ask {
        /** Never: rules on rows count every statement as over their limit. */
        OFF,
        /** Where a rule asks. */
        RULES,
        /** There, and of every statement that is held, for whoever approves. */
        HOLDS
    }
}
