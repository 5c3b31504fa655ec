package io.sallyport.proxy.gate;

import io.sallyport.policies.decision.Verdict;
import io.sallyport.proxy.batch.SqlText;
import java.util.List;

/** What becomes of a batch. */
public sealed interface Ruling {
    /** It goes as it is. */
    record Allow(Permit permit) implements Ruling {}

    /**
     * What stands before {@code index} goes, the message there is replaced by one that fails.
     *
     * @param prefix covers the messages before {@code index}
     */
    record Deny(Permit prefix, int index, Denial denial) implements Ruling {}

    /**
     * Nothing goes until a second person approves.
     *
     * @param index the message that is replaced if the hold ends without approval
     */
    record Hold(int index, Verdict verdict, HeldWork work) implements Ruling {}

    /** Not to be ruled on until these texts were read in full, off the event loop. */
    record Incomplete(List<SqlText> texts) implements Ruling {}
}
