package io.sallyport.proxy.session;

import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.kept.KeepingRoom;
import io.sallyport.proxy.kept.SeenTable;
import io.sallyport.proxy.kept.Unkeepable;
import io.sallyport.proxy.safety.NetFailure;
import java.util.List;
import java.util.function.Consumer;

/** Looks at the tables of a batch before anybody is asked to approve it, so that nobody approves what cannot be kept. */
final class KeepingPreview {
    private final SessionContext context;
    private final BatchGate gate;
    private final Approach approach;

    KeepingPreview(SessionContext context, BatchGate gate, Approach approach) {
        this.context = context;
        this.gate = gate;
        this.approach = approach;
    }

    /**
     * Only between transactions: elsewhere a question could fail the client's, or fix its snapshot.
     *
     * @param refuse where they cannot be kept
     * @param then where they can, or nobody could tell
     */
    void look(Batch batch, BatchReading reading, Keepable what, Consumer<NetFailure> refuse, Runnable then) {
        if (!context.idle()) {
            then.run();
            return;
        }
        KeepingScripts scripts = new KeepingScripts(what);
        OwnScript names;
        try {
            names = scripts.names();
        } catch (Unkeepable cannot) {
            refuse.accept(KeepingRoom.failure(NetFailure.Kind.UNABLE, cannot.why(), cannot.hint()));
            return;
        }
        names.send(context);
        gate.stand(new Standstill.Asking(batch, reading, names::over, () -> {
            if (names.failure() != null || scripts.seen().isEmpty()) {
                // There is no such table, or the like: the server will say so itself.
                then.run();
            } else {
                askCatalog(batch, reading, scripts, refuse, then);
            }
        }));
        context.flush();
    }

    private void askCatalog(
            Batch batch, BatchReading reading, KeepingScripts scripts, Consumer<NetFailure> refuse, Runnable then) {
        KeepingRoom room = context.services().keeping();
        String database = context.info().database();
        List<SeenTable> seen = scripts.seen();
        Meaning meaning = Meaning.of(context);
        LexerSettings lexer = context.settings().lexer();
        Standstill waiting = new Standstill.AtNets(batch, reading);
        gate.stand(waiting);
        NetRun.of(
                context,
                "looking at the tables",
                () -> room.look(database, scripts.verb(), seen, scripts.only()),
                (shapes, missing) -> {
                    if (!gate.leave(waiting)) {
                        return;
                    }
                    if (approach.terminated()) {
                        batch.release();
                        context.closeBoth();
                    } else if (missing != null) {
                        refuse.accept(missing);
                    } else if (!lexer.equals(context.settings().lexer())
                            || meaning.changed(Meaning.of(context)) != null) {
                        gate.judge(batch);
                    } else {
                        then.run();
                    }
                    gate.goOn();
                });
    }
}
