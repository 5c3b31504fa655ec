package io.sallyport.proxy.session;

import io.sallyport.policies.effects.Effects;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.EffectsJudge;
import io.sallyport.proxy.gate.Permit;
import io.sallyport.proxy.impact.EffectsText;
import io.sallyport.proxy.kept.Prepared;
import io.sallyport.proxy.kept.Unkeepable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a released batch so that the rows which it touches are kept: copied on its own connection and in its own transaction, before it runs, and compared with what the
 * server says of it before anything is committed. Outside of the client's transactions all of it is in one of ours.
 *
 * <pre>
 *   [BEGIN,] which tables ──▶ tables to keep them in (a worker) ──▶ rows copied and locked ──▶ the batch ──▶ compared ──▶ sealed, recorded (a worker) ──▶ [COMMIT]
 * </pre>
 */
final class KeepingDesk implements HiddenReady {
    /** Fails in the server, so that the client's transaction does. */
    private static final String FAILS = "sallyport rolls back what was not kept";

    private final SessionContext context;
    private @Nullable BatchGate gate;
    private @Nullable Approach approach;
    private @Nullable EffectsOutcome outcome;
    private @Nullable KeepingRun run;

    KeepingDesk(SessionContext context) {
        this.context = context;
    }

    void attach(BatchGate batches, Waits waits, Approach requester) {
        gate = batches;
        approach = requester;
        outcome = new EffectsOutcome(context, batches, waits, requester);
    }

    private BatchGate gate() {
        return Objects.requireNonNull(gate);
    }

    /** Whether what was asked for last is still to be committed, or told: nothing of the client's may be sent meanwhile. */
    boolean running() {
        return run != null;
    }

    void run(Batch batch, BatchReading reading, Permit permit, RunOutcome released, Keep keep) {
        // One for the end, whatever it is.
        released.expectReply();
        OwnScript look;
        KeepingRun current;
        try {
            Unkeepable unable = Keepable.unable(context);
            if (unable == null && !context.effects().clears(batch, reading)) {
                unable = KeepingTexts.couldEnd();
            }
            if (unable != null) {
                throw unable;
            }
            boolean ours = context.settings().transaction() == TransactionStatus.IDLE;
            KeepingScripts scripts = new KeepingScripts(Keepable.of(batch, reading));
            look = scripts.look(ours);
            current = new KeepingRun(
                    keep,
                    MeasuredRun.of(
                            batch, reading, Enclosure.in(context.settings().transaction()), released),
                    released,
                    ours,
                    scripts);
        } catch (Unkeepable cannot) {
            refuse(batch, reading, KeepingTexts.unable(keep, cannot));
            RunOutcome.ranNot(released, SqlState.QUERY_CANCELED);
            released.replied();
            return;
        }
        run = current;
        context.forwarder().hide(this);
        look.send(context);
        gate().stand(new Standstill.Preparing(batch, look::over, () -> looked(current, look, batch, reading, permit)));
        context.flush();
    }

    private void refuse(Batch batch, BatchReading reading, Denial denial) {
        context.services().metrics().safetyNet("keep_rows", "failed");
        gate().refuse(batch, reading, denial, 0);
    }

    private void looked(KeepingRun current, OwnScript look, Batch batch, BatchReading reading, Permit permit) {
        OwnScript.Failure failure = look.failure();
        if (failure != null || current.scripts.seen().isEmpty()) {
            refuse(batch, reading, failure == null ? Denial.unrecorded() : KeepingTexts.refused(current.keep, failure));
            return;
        }
        Standstill waiting = new Standstill.AtNets(batch, reading);
        gate().stand(waiting);
        KeepingWork.prepare(context, current, (prepared, missing) -> {
            current.prepared = prepared;
            if (!gate().leave(waiting)) {
                return;
            }
            if (prepared == null) {
                refuse(batch, reading, KeepingTexts.missing(current.keep, missing));
            } else if (!prepared.ascii() && !context.settings().isUtf8()) {
                refuse(batch, reading, KeepingTexts.unable(current.keep, KeepingTexts.letters()));
            } else {
                copy(current, prepared, batch, reading, permit);
            }
            gate().goOn();
        });
    }

    private void copy(KeepingRun current, Prepared prepared, Batch batch, BatchReading reading, Permit permit) {
        Long granted = current.keep.most();
        long all = context.services().keeping().mostRows();
        long most = granted == null ? all : Math.min(granted, all);
        OwnScript copy = current.scripts.keep(prepared, most);
        copy.send(context);
        gate().stand(new Standstill.Preparing(batch, copy::over, () -> {
            OwnScript.Failure failure = copy.failure();
            if (failure != null) {
                refuse(batch, reading, KeepingTexts.refused(current.keep, failure));
            } else if (!current.scripts.told(prepared)) {
                refuse(
                        batch,
                        reading,
                        KeepingTexts.inexact(current.keep, "something else is in its kept table than what was copied"));
            } else if (current.scripts.kept() > most) {
                refuse(batch, reading, KeepingTexts.tooMany(current.keep, most));
            } else if (Objects.requireNonNull(approach).terminated()) {
                // It was to run for somebody who is gone.
                batch.release();
                context.closeBoth();
            } else {
                current.sent = true;
                context.answers().begin(MeasuredRun.MOST_KEPT);
                context.forward(batch, reading, permit, current.released);
            }
            context.flush();
        }));
        context.flush();
    }

    @Override
    public void expected() {}

    @Override
    public void swallowed() {}

    @Override
    public void came(TransactionStatus status) {
        context.forwarder().hide(null);
        if (run != null) {
            run.answered = status;
        }
    }

    /** To be called when the server may have answered everything. */
    void settled() {
        KeepingRun current = run;
        if (current == null
                || current.sealing
                || current.answered == null
                || !context.tracker().settled()) {
            return;
        }
        OwnScript script = current.script;
        if (current.ending != null) {
            if (script == null || script.over()) {
                ended(current, script == null ? null : script.failure());
            }
        } else if (script != null) {
            if (script.over()) {
                checked(current, script.failure());
            }
        } else if (current.answered != TransactionStatus.IN_TRANSACTION) {
            if (!current.sent) {
                RunOutcome.ranNot(current.released, SqlState.QUERY_CANCELED);
            }
            end(current, new EffectsEnding.Answered());
        } else {
            OwnScript check = current.scripts.check(Objects.requireNonNull(current.prepared), current.ours);
            current.script = check;
            check.send(context);
        }
    }

    private void checked(KeepingRun current, OwnScript.@Nullable Failure failure) {
        Prepared prepared = Objects.requireNonNull(current.prepared);
        if (failure != null) {
            end(current, new EffectsEnding.Failed(failure));
            return;
        }
        String why = current.scripts.exactness(prepared).objection();
        EffectsEnding judged = why == null ? judged(current) : new EffectsEnding.Commits();
        if (why != null) {
            end(current, new EffectsEnding.Refused(KeepingTexts.inexact(current.keep, why)));
        } else if (!(judged instanceof EffectsEnding.Commits)) {
            end(current, judged);
        } else {
            // Nothing is committed before it is on record what was kept.
            current.sealing = true;
            KeepingWork.seal(context, current, prepared, (rows, missing) -> {
                if (run != current) {
                    return;
                }
                current.rows = rows;
                if (!current.ours) {
                    // At the client's COMMIT nobody is asked about what we wrote.
                    context.effects().counted().add(current.scripts.copied());
                }
                end(
                        current,
                        rows == null
                                ? new EffectsEnding.Refused(KeepingTexts.unwritten(current.keep, missing))
                                : new EffectsEnding.Commits());
                context.flush();
            });
        }
    }

    /** By the rules on effects too, where they are for this session; it does not run again by itself. */
    private EffectsEnding judged(KeepingRun current) {
        EffectsJudge judge = context.services().gatekeeper().effects();
        Effects effects = current.scripts.effects();
        // Counts that somebody has agreed to are looked at in any case.
        boolean agreed = current.run.batch().approved() != null;
        if (!agreed && (!current.ours || !judge.gates(context.subject()))) {
            return new EffectsEnding.Commits();
        }
        EffectsEnding ending = Objects.requireNonNull(outcome).ending(current.run, effects, null);
        return ending instanceof EffectsEnding.Held held
                ? new EffectsEnding.Refused(EffectsTexts.notAgain(
                        EffectsJudge.rolledBack(held.ruling().verdict(), EffectsText.lines(effects))))
                : ending;
    }

    /** In the client's transaction its own ROLLBACK is still to come: it fails, and no more. */
    private void end(KeepingRun current, EffectsEnding how) {
        current.sealing = false;
        current.ending = how;
        boolean commits = how instanceof EffectsEnding.Commits;
        current.script = null;
        if (current.ours && !commits) {
            context.spending().rolledBack();
        }
        if (current.ours) {
            current.script = new OwnScript().run(commits ? "COMMIT" : "ROLLBACK");
        } else if (how instanceof EffectsEnding.Refused) {
            current.script = new OwnScript().run(FAILS);
        }
        if (current.script == null) {
            ended(current, null);
        } else {
            current.script.send(context);
        }
    }

    private void ended(KeepingRun current, OwnScript.@Nullable Failure failure) {
        run = null;
        context.effects().ran();
        EffectsEnding how = Objects.requireNonNull(current.ending);
        if (failure != null && current.ours && how instanceof EffectsEnding.Commits) {
            how = new EffectsEnding.Failed(failure);
        }
        boolean kept = how instanceof EffectsEnding.Commits;
        context.services().metrics().safetyNet("keep_rows", kept ? "ok" : "failed");
        if (kept && current.rows != null) {
            context.notice(NetTexts.made(current.rows));
        }
        new KeepingEnd(context, current).tell(how);
        Prepared prepared = current.prepared;
        if (prepared != null && !kept && current.ours) {
            KeepingWork.forget(context, prepared);
        }
    }

    /** The session ends. */
    void close() {
        KeepingRun current = run;
        run = null;
        if (current != null) {
            current.close();
        }
    }
}
