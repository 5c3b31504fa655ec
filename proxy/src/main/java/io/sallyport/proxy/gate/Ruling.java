package io.sallyport.proxy.gate;

import io.sallyport.policies.decision.Verdict;
import io.sallyport.proxy.batch.SqlText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a batch. */
public sealed interface Ruling {
    /**
     * It goes as it is.
     *
     * @param observed what a policy that only observes would have stopped, or null
     */
    record Allow(Permit permit, @Nullable Observed observed) implements Ruling {}

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
     * @param names what an approver has to type; empty where nothing has to be typed
     * @param print tells this batch from others
     */
    record Hold(int index, Verdict verdict, HeldWork work, List<NameToType> names, BatchPrint print, Coverage coverage)
            implements Grantable {
        /** The same, of which an approver reads more. */
        public Hold knowing(List<String> lines) {
            return new Hold(index, verdict, work.with(lines), names, print, coverage);
        }
    }

    /**
     * Refused at {@code index}, but for an approval token.
     *
     * @param names what an approver of a token has to type; empty where nothing has to be typed
     * @param denial what the requester reads without one
     */
    record DenyButForToken(
            int index,
            Verdict verdict,
            HeldWork work,
            List<NameToType> names,
            BatchPrint print,
            Coverage coverage,
            Denial denial)
            implements Grantable {}

    /** An approval token runs it at once. */
    sealed interface Grantable extends Ruling {
        int index();

        Verdict verdict();

        HeldWork work();

        List<NameToType> names();

        BatchPrint print();

        Coverage coverage();
    }

    /**
     * Nothing goes until the time is up.
     *
     * @param index the message that is replaced if the requester withdraws it
     */
    record Delay(int index, Verdict verdict, HeldWork work) implements Ruling {}

    /**
     * Refused at {@code index}, unless the requester has typed these names for this very batch.
     *
     * @param print tells this batch from others
     */
    record Confirm(int index, Verdict verdict, HeldWork work, List<NameToType> names, BatchPrint print)
            implements Ruling {}

    /**
     * Not to be ruled on until the server was asked how many rows its statements would change.
     *
     * @param needed whether the decision hangs on it; else only an approver would like to know
     */
    record ImpactUnknown(boolean needed) implements Ruling {}

    /** Not to be ruled on until these texts were read in full, off the event loop. */
    record Incomplete(List<SqlText> texts) implements Ruling {}

    /**
     * A rule asks for the user's roles, which are not known.
     *
     * @param otherwise what becomes of it where the server cannot be asked now
     */
    record RolesUnknown(Ruling otherwise) implements Ruling {}

    /** A stop that a policy of {@code mode: observe} decided on and did not make. */
    record Observed(Verdict verdict, HeldWork work) {}
}
