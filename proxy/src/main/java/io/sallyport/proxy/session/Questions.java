package io.sallyport.proxy.session;

import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;

/** Puts questions of our own to the server while a batch stands at the gate. */
final class Questions {
    private final SessionContext context;
    private final BatchGate gate;

    Questions(SessionContext context, BatchGate gate) {
        this.context = context;
        this.gate = gate;
    }

    /** Asks for roles between transactions; waits where such a place comes by itself; else goes on without knowing. */
    void roles(Batch batch, BatchReading reading, Runnable answered, Runnable otherwise) {
        if (context.idle()) {
            gate.stand(
                    new Standstill.Asking(batch, reading, () -> !context.roles().asking(), answered));
            context.roles().ask(gate::goOn);
        } else if (!gate.settles(batch)) {
            otherwise.run();
        }
    }

    /** Asks what statements mean here, in a transaction too; what was ruled stays as it is while it is waited for. */
    void surroundings(Batch batch, BatchReading reading, Runnable answered, Runnable otherwise) {
        if (context.surroundings().canAsk()) {
            gate.stand(new Standstill.Asking(
                    batch, reading, () -> !context.surroundings().asking(), answered));
            context.surroundings().ask(context.tokens().pathSetAtStart(), gate::goOn);
        } else if (!context.tracker().settled() && context.tracker().settlesByItself()) {
            gate.stand(new Standstill.Asking(
                    batch,
                    reading,
                    () -> context.tracker().settled(),
                    () -> surroundings(batch, reading, answered, otherwise)));
        } else {
            otherwise.run();
        }
    }
}
