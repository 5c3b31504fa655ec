package io.sallyport.proxy.session;

import io.sallyport.policies.effects.Effects;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Ruling;
import org.jspecify.annotations.Nullable;

/** How a transaction of ours ends, and what the client hears. */
sealed interface EffectsEnding {
    /** What was done may stay done. */
    record Commits() implements EffectsEnding {}

    /** The batch failed by itself, or ended the transaction itself: its answers say so. */
    record Answered() implements EffectsEnding {}

    /** The server's own error, at what it would have checked at COMMIT, or because it was cancelled. */
    record Failed(OwnScript.Failure failure) implements EffectsEnding {}

    record Refused(Denial denial) implements EffectsEnding {}

    /** It is rolled back, and runs again once somebody has agreed to what it did. */
    record Held(Ruling.Hold ruling, Effects effects) implements EffectsEnding {}

    /** It failed in its rehearsal: this is told of it, and nothing else. */
    record Told(Denial denial) implements EffectsEnding {}

    /**
     * It is rolled back: that was all it was for.
     *
     * @param effects what it would do; null where that could not be found out
     * @param unable why; null where it could
     */
    record Rehearsed(@Nullable Effects effects, @Nullable String unable) implements EffectsEnding {}
}
