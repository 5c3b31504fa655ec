package io.sallyport.proxy.audit.verify;

import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it was written.
 *
 * @param place null where there is no line to point at
 * @param what in words for people
 */
public record Finding(Kind kind, @Nullable Place place, String what) {
    /** What was done to the log. */
    public enum Kind {
        EDITED,
        REMOVED,
        INSERTED,
        MOVED,
        BAD_SIGNATURE,
        CUT,
        NEW_CHAIN,
        UNPROVEN,
        INCOMPLETE
    }

    @Override
    public String toString() {
        return place == null ? what : place + ": " + what;
    }
}
