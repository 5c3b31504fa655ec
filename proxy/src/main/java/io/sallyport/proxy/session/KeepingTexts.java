package io.sallyport.proxy.session;

import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.kept.Unkeepable;
import io.sallyport.proxy.safety.NetFailure;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a requester reads where rows cannot be kept. */
final class KeepingTexts {
    private static final String UNSENT = "Nothing of it was sent to the server. ";
    private static final String UNDONE = "Nothing of it was committed. ";

    private KeepingTexts() {}

    static Denial unable(Keep keep, Unkeepable why) {
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "denied by Sallyport: the rows cannot be kept: " + why.why(),
                rule(keep),
                UNSENT + why.hint(),
                keep.rule());
    }

    static Denial missing(Keep keep, @Nullable NetFailure missing) {
        return missing == null
                ? Denial.unrecorded()
                : new Denial(
                        SqlState.INSUFFICIENT_PRIVILEGE,
                        "denied by Sallyport: " + missing.told(),
                        rule(keep),
                        UNSENT + missing.hint(),
                        keep.rule());
    }

    /** The server's own error at the copy: the role may not read, a lock was not to be had. */
    static Denial refused(Keep keep, OwnScript.Failure failure) {
        if (failure.error().sqlState().equals(SqlState.QUERY_CANCELED)) {
            return Denial.cancelled(null);
        }
        return new Denial(
                failure.error().sqlState(),
                "denied by Sallyport: the rows cannot be kept: "
                        + failure.error().message(),
                rule(keep),
                UNSENT + "Keeping rows needs SELECT and UPDATE on the table, beside what the statement needs.",
                keep.rule());
    }

    static Denial tooMany(Keep keep, long most) {
        boolean limited = keep.most() != null && keep.most() == most;
        return new Denial(
                SqlState.PROGRAM_LIMIT_EXCEEDED,
                String.format(
                        Locale.ROOT,
                        limited
                                ? "stopped by Sallyport: it would touch more than the %,d rows that were granted"
                                : "denied by Sallyport: the rows cannot be kept: there are more than %,d",
                        most),
                rule(keep),
                UNSENT + (limited ? "" : "Touch fewer at a time, or have safety.keep_most_rows raised."),
                keep.rule());
    }

    /** It has run, and is rolled back. */
    static Denial inexact(Keep keep, String why) {
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "rolled back by Sallyport: not everything that it touched was kept: " + why,
                rule(keep),
                UNDONE + "Send it again where others were at work; else have its rule ask for a restore_point.",
                keep.rule());
    }

    /** It has run, and what was kept could not be written down. */
    static Denial unwritten(Keep keep, @Nullable NetFailure missing) {
        return missing == null
                ? Denial.unrecorded()
                : new Denial(
                        SqlState.INTERNAL_ERROR,
                        "rolled back by Sallyport: " + missing.told(),
                        rule(keep),
                        UNDONE + missing.hint(),
                        keep.rule());
    }

    private static String rule(Keep keep) {
        return keep.code() + ", rule \"" + keep.rule() + "\"";
    }

    static Unkeepable couldEnd() {
        return new Unkeepable(
                "what was sent before it, or is sent with it, could end its transaction",
                "Send the statement alone, with a Sync behind it.");
    }

    static Unkeepable letters() {
        return new Unkeepable(
                "its key has letters beyond ASCII, and client_encoding is not UTF8", "SET client_encoding = 'UTF8'.");
    }
}
