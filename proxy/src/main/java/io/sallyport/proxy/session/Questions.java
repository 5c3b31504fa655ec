package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.rule.Impact;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.config.ImpactSettings;
import io.sallyport.proxy.impact.Estimable;
import io.sallyport.proxy.impact.Estimate;
import java.util.IdentityHashMap;
import java.util.List;

/** Puts questions of our own to the server while a batch stands at the gate. */
final class Questions {
    /** In characters: longer answers are read by a worker. */
    private static final int READ_ON_LOOP = 32 * 1024;

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

    /**
     * Asks how many rows it would change, where that disturbs nobody; what is not told is unknown.
     *
     * @param needed whether that is worth waiting for the answers to what came before
     */
    void impact(Batch batch, BatchReading reading, boolean needed, Runnable then) {
        List<Estimable> wanted = context.services().config().impact().estimate() == ImpactSettings.Ask.OFF
                ? List.of()
                : Estimable.of(batch, reading);
        if (wanted.isEmpty()) {
            batch.impacts(new IdentityHashMap<>());
            then.run();
        } else if (context.estimates().canAsk()) {
            gate.stand(new Standstill.Asking(
                    batch, reading, () -> !context.estimates().asking(), () -> told(batch, reading, then)));
            context.estimates().ask(wanted, gate::goOn);
        } else if (!needed || !gate.settles(batch)) {
            batch.impacts(new IdentityHashMap<>());
            then.run();
        }
    }

    private void told(Batch batch, BatchReading reading, Runnable then) {
        List<Estimate> answers = context.estimates().answers();
        Runnable read = () -> batch.impacts(impacts(answers));
        if (answers.stream().mapToInt(Estimate::length).sum() <= READ_ON_LOOP) {
            read.run();
            then.run();
        } else {
            gate.stand(
                    new Standstill.Reading(batch, reading),
                    done -> Errand.run(context.services().workers(), context.loop(), read, done),
                    then);
        }
    }

    /** Of a statement that runs several times, each time with other parameters, the most. */
    private IdentityHashMap<StatementFacts, Impact> impacts(List<Estimate> answers) {
        IdentityHashMap<StatementFacts, Impact> impacts = new IdentityHashMap<>();
        for (Estimate answer : answers) {
            Impact impact = answer.impact();
            context.services().metrics().estimated(impact.rows() == null ? "unknown" : "told");
            add(answer.about().statement(), impact, impacts);
        }
        return impacts;
    }

    private static void add(StatementFacts statement, Impact impact, IdentityHashMap<StatementFacts, Impact> impacts) {
        impacts.merge(statement, impact, Impact::more);
        statement.nested().forEach(nested -> add(nested, impact, impacts));
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
