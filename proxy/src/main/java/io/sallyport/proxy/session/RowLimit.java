package io.sallyport.proxy.session;

import io.sallyport.proxy.token.RowCount;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How many rows one statement may change, and what the server says of them before anything is committed. */
final class RowLimit {
    /** What may be sent before it, in one go, and changes nothing. */
    private static final Set<String> BEGINS = Set.of("BEGIN", "START TRANSACTION");

    private final long most;
    private @Nullable String told;
    private boolean kept;
    private boolean untold;

    RowLimit(long most) {
        this.most = most;
    }

    /** @return whether the client may hear of it; a tag that tells no count is beyond every limit */
    boolean admits(String commandTag) {
        if (BEGINS.contains(commandTag)) {
            return true;
        }
        OptionalLong rows = RowCount.of(commandTag);
        kept = told == null && rows.isPresent() && rows.getAsLong() <= most;
        told = commandTag;
        return kept;
    }

    /** Something of it ended without a tag. A portal that was suspended has changed all its rows, and its later tag counts some of them (pquery.c, PortalRun). */
    void untold() {
        untold = true;
    }

    /** Whether the server told a count, once, and it is within the limit. */
    boolean kept() {
        return kept && !untold;
    }

    /** What the server said; words where it said nothing that counts. */
    String told() {
        return told == null || untold ? "the server told no number of rows" : told;
    }
}
