package io.sallyport.proxy.session;

import io.sallyport.policies.effects.Effects;
import io.sallyport.proxy.impact.EffectsQuestion;
import org.jspecify.annotations.Nullable;

/** Asks the server once what the transaction that is open has done so far. */
final class EffectsAsk {
    private final EffectsQuestion question = new EffectsQuestion();
    private final OwnScript script;
    private boolean answered;

    private EffectsAsk(String first) {
        script = new OwnScript().run(first).ask(EffectsQuestion.sql(), row -> {
            answered = true;
            question.row(row);
        });
    }

    /** Begins a transaction of ours: what is told was there before. */
    static EffectsAsk beginning(SessionContext context) {
        return sent("BEGIN", context);
    }

    /** What waits for COMMIT happens now, or what it does could not be seen. */
    static EffectsAsk beforeCommit(SessionContext context) {
        return sent("SET CONSTRAINTS ALL IMMEDIATE", context);
    }

    private static EffectsAsk sent(String first, SessionContext context) {
        EffectsAsk ask = new EffectsAsk(first);
        ask.script.send(context);
        return ask;
    }

    boolean over() {
        return script.over();
    }

    /** What the server could not do; null where it could. */
    OwnScript.@Nullable Failure failure() {
        return script.failure();
    }

    /** Unmeasured where it did not tell all of it. */
    Effects effects() {
        OwnScript.Failure failure = script.failure();
        if (failure != null) {
            return Effects.unmeasured(failure.error().message());
        }
        return answered ? question.effects() : Effects.unmeasured("the server did not tell");
    }
}
