package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.policies.effects.Effects;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.backend.Replies;
import io.sallyport.protocol.frame.WireWriter;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.EffectsJudge;
import io.sallyport.proxy.gate.EffectsJudge.Objection;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.impact.EffectsText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a transaction once it is known what it did, and what the client hears of it. */
final class EffectsOutcome {
    private static final Logger log = LoggerFactory.getLogger(EffectsOutcome.class);

    private final SessionContext context;
    private final BatchGate gate;
    private final Waits waits;
    private final Approach approach;

    EffectsOutcome(SessionContext context, BatchGate gate, Waits waits, Approach approach) {
        this.approach = approach;
        this.context = context;
        this.gate = gate;
        this.waits = waits;
    }

    private EffectsJudge judge() {
        return context.services().gatekeeper().effects();
    }

    /** @param failure of the question; what could not be read is not committed */
    EffectsEnding ending(MeasuredRun run, Effects effects, OwnScript.@Nullable Failure failure) {
        Trial trial = run.trial();
        if (trial != null) {
            return rehearsed(run, trial, effects, failure);
        }
        if (run.enclosure() == Enclosure.SAVEPOINT) {
            // Of the client's transaction it is a part: what the tags told counts, until that ends.
            return judged(run, effects, failure);
        }
        context.spending().measured(effects);
        EffectsEnding ending = judged(run, effects, failure);
        if (!(ending instanceof EffectsEnding.Commits)) {
            context.spending().rolledBack();
        }
        return ending;
    }

    private EffectsEnding judged(MeasuredRun run, Effects effects, OwnScript.@Nullable Failure failure) {
        if (failure != null) {
            return new EffectsEnding.Failed(failure);
        }
        Effects approved = run.released() == null ? null : run.batch().approved();
        if (approved != null) {
            // Who agreed to what nobody could tell has agreed to the text.
            boolean within = approved.unmeasured() != null || effects.within(approved);
            told(run.reading(), effects, within ? "committed" : "beyond", "effects");
            return within
                    ? new EffectsEnding.Commits()
                    : new EffectsEnding.Refused(EffectsTexts.beyond(approved, effects));
        }
        Objection objection = judge().objection(run.batch(), run.reading(), effects, context.subject());
        if (objection == null
                || (run.released() != null
                        && objection.ruling() instanceof Ruling.Hold
                        && EstimatedRun.covers(run, effects))) {
            context.services().metrics().effects("committed");
            return new EffectsEnding.Commits();
        }
        return stopped(run, effects, objection);
    }

    private EffectsEnding rehearsed(
            MeasuredRun run, Trial trial, Effects effects, OwnScript.@Nullable Failure failure) {
        if (failure == null) {
            told(run.reading(), effects, "rehearsed", "rehearsal");
            return trial.rehearsed(effects);
        }
        return trial.failed(run, failure.error().sqlState(), failure.error().message(), true);
    }

    /** The batch has failed, or has ended the transaction itself. */
    EffectsEnding failed(MeasuredRun run, boolean sent) {
        Trial trial = run.trial();
        if (trial == null || !sent) {
            return new EffectsEnding.Answered();
        }
        EffectsEnding ending =
                trial.failed(run, trial.said().sqlState(), trial.said().message(), false);
        if (ending instanceof EffectsEnding.Told) {
            told(
                    run.reading(),
                    Effects.unmeasured("it failed with " + trial.said().sqlState()),
                    "failed",
                    "rehearsal");
        }
        return ending;
    }

    private EffectsEnding stopped(MeasuredRun run, Effects effects, Objection objection) {
        String rule = objection.verdict().rule();
        Ruling ruling = objection.ruling();
        if (ruling instanceof Ruling.Allow) {
            told(run.reading(), effects, "observed", rule);
            return new EffectsEnding.Commits();
        }
        if (ruling instanceof Ruling.Hold hold
                && run.repeatable()
                && !context.answers().told()) {
            told(run.reading(), effects, "held", rule);
            return new EffectsEnding.Held(hold, effects);
        }
        told(run.reading(), effects, "denied", rule);
        Denial denial = ruling instanceof Ruling.Deny deny
                ? deny.denial()
                : EffectsTexts.notAgain(EffectsJudge.rolledBack(objection.verdict(), EffectsText.lines(effects)));
        return new EffectsEnding.Refused(denial);
    }

    /** Before the client's own COMMIT: whether it may be sent. Where not, it has been refused, or waits. */
    boolean mayCommit(Batch batch, BatchReading reading, Effects effects, OwnScript.@Nullable Failure failure) {
        if (failure != null) {
            // The server has failed the transaction itself: this is its word for it.
            gate.refuse(batch, reading, EffectsTexts.serversOwn(failure), 0);
            return false;
        }
        context.spending().measured(effects);
        Objection objection = judge().objection(batch, reading, effects, context.subject());
        if (objection == null) {
            context.services().metrics().effects("committed");
            return true;
        }
        String rule = objection.verdict().rule();
        Ruling ruling = objection.ruling();
        if (ruling instanceof Ruling.Hold hold) {
            told(reading, effects, "held", rule);
            batch.approved(effects);
            hold(batch, reading, hold);
            return false;
        }
        boolean denied = ruling instanceof Ruling.Deny;
        told(reading, effects, denied ? "denied" : "observed", rule);
        if (ruling instanceof Ruling.Deny deny) {
            gate.deny(batch, reading, context.services().gatekeeper().refuse(batch, 0, deny.denial()));
        }
        return !denied;
    }

    /** Not for somebody who is gone. */
    private void hold(Batch batch, BatchReading reading, Ruling.Hold ruling) {
        if (approach.terminated()) {
            batch.release();
            context.closeBoth();
        } else {
            waits.hold(batch, reading, ruling);
        }
    }

    /** It has ended the transaction by itself, or never was in it: what it did is committed. */
    void unmeasured(BatchReading reading) {
        log.error("what a session has done was committed before it could be looked at");
        told(reading, Effects.unmeasured("it was committed before it could be looked at"), "unmeasured", "effects");
    }

    /** Our question found no transaction any more. */
    void endedUnseen(Batch batch, BatchReading reading) {
        unmeasured(reading);
        gate.refuse(batch, reading, EffectsTexts.endedUnseen(), 0);
    }

    private void told(BatchReading reading, Effects effects, String outcome, String rule) {
        context.services().metrics().effects(outcome);
        context.records().effects(reading, effects, outcome, rule);
    }

    /** @param failure of COMMIT */
    void end(MeasuredRun run, EffectsEnding ending, OwnScript.@Nullable Failure failure) {
        KeptAnswers answers = context.answers();
        RunOutcome released = run.released();
        if (ending instanceof EffectsEnding.Held held) {
            RunOutcome.ranNot(released, SqlState.INSUFFICIENT_PRIVILEGE);
            run.batch().approved(held.effects());
            context.notice(EffectsTexts.rolledBack(held.effects()));
            hold(run.batch(), run.reading(), held.ruling());
            return;
        }
        if (ending instanceof EffectsEnding.Rehearsed rehearsed) {
            rehearsed(run, rehearsed);
            return;
        }
        if (ending instanceof EffectsEnding.Refused refused && run.enclosure() == Enclosure.SAVEPOINT) {
            // The client's transaction has to fail with it.
            answers.discard();
            RunOutcome.ranNot(released, refused.denial().sqlState());
            gate.refuse(run.batch(), run.reading(), refused.denial(), 0);
            return;
        }
        if (ending instanceof EffectsEnding.Refused refused) {
            answers.release(!run.simple());
            context.services().metrics().refused(refused.denial().sqlState());
            error(refused.denial().toErrorResponse(), released);
        } else if (ending instanceof EffectsEnding.Told told) {
            error(told.denial().toErrorResponse(), released);
        } else if (ending instanceof EffectsEnding.Failed failed) {
            answers.release(!run.simple());
            error(failed.failure(), released);
        } else if (failure != null) {
            answers.release(!run.simple());
            error(failure, released);
        } else {
            answers.release(true);
        }
        context.own()
                .send(Replies.readyForQuery(
                        context.client().allocator().buffer(8),
                        context.settings().transaction()));
        if (released != null) {
            released.replied();
        }
        run.batch().release();
        context.flush();
    }

    private void rehearsed(MeasuredRun run, EffectsEnding.Rehearsed rehearsed) {
        Trial trial = run.trial();
        if (approach.terminated() || trial == null) {
            run.batch().release();
            context.closeBoth();
        } else {
            trial.hears().rehearsed(run.batch(), rehearsed.effects(), rehearsed.unable());
        }
    }

    private void error(ErrorResponse error, @Nullable RunOutcome released) {
        if (released != null) {
            released.failed(error.sqlState());
        }
        context.own()
                .send(ErrorTexts.in(context.settings(), error)
                        .write(context.client().allocator().buffer(256)));
    }

    /** As the server said it. */
    private void error(OwnScript.Failure failure, @Nullable RunOutcome released) {
        if (released != null) {
            released.failed(failure.error().sqlState());
        }
        ByteBuf out = context.client().allocator().buffer(64 + failure.body().length);
        context.own().send(new WireWriter(out, 'E').bytes(failure.body()).end());
    }
}
