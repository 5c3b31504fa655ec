package io.sallyport.proxy.session;

import io.sallyport.policies.effects.Effects;
import io.sallyport.proxy.impact.EffectsQuestion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the server once what the transaction that is open has done so far. */
final class EffectsAsk {
    /** Whoever waits longer for a lock keeps others waiting too: those who come behind it. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(1);

    /** What waits for COMMIT happens now, or what it does could not be seen. */
    private static final String CONSTRAINTS = "SET CONSTRAINTS ALL IMMEDIATE";

    private final EffectsQuestion question = new EffectsQuestion();
    private final OwnScript script = new OwnScript();
    private boolean answered;

    private EffectsAsk() {}

    /** Encloses a run: what is told was there before. */
    static EffectsAsk beginning(SessionContext context, MeasuredRun run) {
        EffectsAsk ask = new EffectsAsk();
        ask.script.run(run.enclosure().begin(run.savepoint()));
        if (run.trial() != null) {
            Duration timeout = context.services().config().impact().rehearsalTimeout();
            ask.script.run("SET LOCAL statement_timeout = " + timeout.toMillis());
            ask.script.run("SET LOCAL lock_timeout = " + LOCK_PATIENCE.toMillis());
        }
        return ask.sent(context);
    }

    /** Behind a run. In the client's transaction what waits for COMMIT goes on waiting, but in a rehearsal: that is taken back. */
    static EffectsAsk atEnd(SessionContext context, MeasuredRun run) {
        return run.enclosure() == Enclosure.TRANSACTION || run.trial() != null
                ? beforeCommit(context)
                : new EffectsAsk().sent(context);
    }

    static EffectsAsk beforeCommit(SessionContext context) {
        EffectsAsk ask = new EffectsAsk();
        ask.script.run(CONSTRAINTS);
        return ask.sent(context);
    }

    private EffectsAsk sent(SessionContext context) {
        script.ask(EffectsQuestion.sql(), row -> {
            answered = true;
            question.row(row);
        });
        script.send(context);
        return this;
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
