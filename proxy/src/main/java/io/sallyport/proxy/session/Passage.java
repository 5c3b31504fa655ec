package io.sallyport.proxy.session;

import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Permit;
import io.sallyport.proxy.gate.Ruling;

/** What the gate lets pass, once everything has been asked that has to be known first. */
final class Passage {
    private final SessionContext context;
    private final BatchGate gate;
    private final Questions questions;

    Passage(SessionContext context, BatchGate gate, Questions questions) {
        this.questions = questions;
        this.context = context;
        this.gate = gate;
    }

    void allow(Batch batch, BatchReading reading, Ruling.Allow allow) {
        Runnable pass = () -> askConsole(batch, reading, allow);
        if (context.votes().mustAsk(reading)) {
            questions.roles(batch, reading, () -> context.votes().asked(pass), pass);
        } else {
            pass.run();
        }
    }

    private void askConsole(Batch batch, BatchReading reading, Ruling.Allow allow) {
        ConsoleDesk.Watched watch = context.console().watched(reading);
        if (watch != null) {
            watch(batch, reading, allow, watch);
        } else if (context.console().mustAsk(reading)) {
            gate.stand(
                    new Standstill.Answering(batch, reading),
                    done -> context.console().ask(reading, done),
                    () -> pass(batch, reading, allow));
        } else {
            pass(batch, reading, allow);
        }
    }

    /** Only outside of transactions: it would keep one open, and its locks. */
    private void watch(Batch batch, BatchReading reading, Ruling.Allow allow, ConsoleDesk.Watched asked) {
        if (context.idle()) {
            gate.watch(batch, reading, allow, asked);
        } else if (!gate.settles(batch)) {
            gate.refuse(batch, reading, WatchDesk.IN_TRANSACTION, asked.index());
        }
    }

    /** Its time is up: the answer is what came. */
    void watched(Standstill.Watching watching) {
        context.console().watched(watching.watch().index(), watching.watch().came());
        pass(watching.waiting().batch(), watching.waiting().reading(), watching.allow());
    }

    private void pass(Batch batch, BatchReading reading, Ruling.Allow allow) {
        if (context.records().allowed(batch, reading, allow.observed())) {
            context.run(batch, reading, allow.permit(), null);
        } else {
            gate.refuse(batch, reading, Denial.unrecorded(), 0);
        }
    }

    void confirm(Batch batch, BatchReading reading, Ruling.Confirm ruling) {
        Permit permit = context.confirmations().confirmed(batch, ruling);
        if (permit == null) {
            gate.refuse(batch, reading, context.confirmations().ask(batch, ruling));
        } else {
            context.run(batch, reading, permit, null);
        }
    }
}
