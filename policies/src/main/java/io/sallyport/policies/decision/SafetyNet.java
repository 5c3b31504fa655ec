package io.sallyport.policies.decision;

import java.util.Locale;

/** What can be done, or looked at, just before an approved batch runs. In the order in which they are done. */
public enum SafetyNet {
    /** The last good backup is not older than that. */
    BACKUP_WITHIN(true),
    /** A backup was restored, to see whether it can be, not longer ago than that. */
    RESTORE_TESTED_WITHIN(true),
    /** A named point in the server's WAL that a recovery can stop at. */
    RESTORE_POINT(false),
    /** The rows that are changed are copied, in the transaction that changes them. */
    KEEP_ROWS(false);

    private final String label = name().toLowerCase(Locale.ROOT);
    private final boolean aged;

    SafetyNet(boolean aged) {
        this.aged = aged;
    }

    /** As policies, metrics and the audit call it. */
    public String label() {
        return label;
    }

    /** Whether it has an age: it is checked when a hold opens too, and a word alone does not name it. */
    public boolean aged() {
        return aged;
    }
}
