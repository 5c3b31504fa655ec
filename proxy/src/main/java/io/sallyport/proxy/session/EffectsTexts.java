package io.sallyport.proxy.session;

import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.effects.Effects;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.NoticeResponse;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.impact.EffectsText;
import io.sallyport.proxy.impact.Rehearsable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client reads where its transaction is looked at before it commits. */
final class EffectsTexts {
    private EffectsTexts() {}

    static Denial hides() {
        return new Denial(
                SqlState.FEATURE_NOT_SUPPORTED,
                "Sallyport looks at what a transaction did before it commits, and this ends one in its middle, or cannot be read",
                null,
                "Nothing of it was sent to the server. Send BEGIN, the statements and COMMIT each by itself, with a Sync behind each.",
                "effects");
    }

    static Denial endedUnseen() {
        return new Denial(
                SqlState.INTERNAL_ERROR,
                "the transaction was ended by something inside of it, before Sallyport could look at what it did",
                "What it did may be committed.",
                "The audit has it as unmeasured.",
                "effects");
    }

    /** The server's own error, at something that we asked for the client. */
    static Denial serversOwn(OwnScript.Failure failure) {
        return new Denial(
                failure.error().sqlState(),
                failure.error().message(),
                failure.error().detail(),
                failure.error().hint(),
                "effects");
    }

    /** It did more than what somebody agreed to. */
    static Denial beyond(Effects approved, Effects done) {
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "rolled back by Sallyport: it did more than what was approved",
                "approved: " + listed(approved) + "\nthis time: " + listed(done),
                "Nothing of it was committed. Run it again to ask for what it does now.",
                "effects");
    }

    /** Its rule wants numbers, and there are none. */
    static Denial notRehearsed(Verdict verdict, String why) {
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "denied by Sallyport: rule \"" + verdict.rule() + "\" wants it rehearsed first, and " + why,
                verdict.message(),
                "Nothing of it was committed.",
                verdict.rule());
    }

    /** An error's words may be somebody's data, which a rule may hold too. */
    static Denial rehearsalFailed(@Nullable String sqlState, @Nullable String message, BatchReading reading) {
        boolean shown = message != null && !Rehearsable.readsOtherTables(reading);
        return new Denial(
                sqlState == null ? SqlState.INTERNAL_ERROR : sqlState,
                "it failed when Sallyport ran it to roll it back" + (shown ? ": " + message : ""),
                null,
                "Nothing of it was committed, and nobody was asked.",
                "rehearsal");
    }

    static Denial notAgain(Denial rolledBack) {
        return new Denial(
                rolledBack.sqlState(),
                rolledBack.message(),
                rolledBack.detail(),
                "Nothing of it was committed. A second person could agree to it, but it cannot be run again by itself:"
                        + " its answer had begun, or it takes part in a pipeline. Send it alone, in a transaction of yours.",
                rolledBack.rule());
    }

    /** It runs again later. */
    static NoticeResponse rolledBack(Effects done) {
        return NoticeResponse.notice(
                "Sallyport has looked at what this did, and rolled it back: nothing of it was committed",
                String.join("\n", EffectsText.lines(done)),
                null);
    }

    private static String listed(Effects effects) {
        List<String> lines = EffectsText.lines(effects);
        return lines.isEmpty() ? "nothing" : String.join("; ", lines);
    }
}
