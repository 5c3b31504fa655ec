package io.sallyport.proxy.session;

import io.sallyport.policies.decision.SafetyNet;
import io.sallyport.policies.decision.SafetyTerms;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.kept.KeepingRoom;
import io.sallyport.proxy.kept.Unkeepable;
import io.sallyport.proxy.safety.KeptNet;
import io.sallyport.proxy.safety.NetFailure;
import io.sallyport.proxy.safety.NetsFound;
import io.sallyport.proxy.safety.SafetyNets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The safety nets of what is held: looked at before anybody is asked, and made once it is released. */
final class NetsDesk {
    /** So many people are asked as a net that is not there asks for. */
    private static final int ANY = Integer.MAX_VALUE;

    private final SessionContext context;
    private final BatchGate gate;
    private final Approach approach;
    private final KeepingPreview preview;

    NetsDesk(SessionContext context, BatchGate gate, Approach approach) {
        this.context = context;
        this.gate = gate;
        this.approach = approach;
        this.preview = new KeepingPreview(context, gate, approach);
    }

    /**
     * Refuses what no approval could run as things are.
     *
     * @param open given what an approver reads of them, and how many people they ask for
     */
    void check(Batch batch, BatchReading reading, Ruling.Hold ruling, Consumer<NetsFound> open) {
        SafetyTerms terms = ruling.coverage().safety();
        String rule = ruling.verdict().rule();
        SafetyNets nets = context.services().safety().nets();
        NetFailure unable = nets.unable(terms, rule);
        if (unable != null) {
            refuse(batch, reading, ruling, unable);
        } else if (terms.asks(SafetyNet.KEEP_ROWS)) {
            keepable(batch, reading, ruling, () -> ages(batch, reading, ruling, open));
        } else {
            ages(batch, reading, ruling, open);
        }
    }

    private void keepable(Batch batch, BatchReading reading, Ruling.Hold ruling, Runnable then) {
        try {
            Keepable what = Keepable.of(batch, reading);
            preview.look(batch, reading, what, missing -> refuse(batch, reading, ruling, missing), then);
        } catch (Unkeepable cannot) {
            refuse(batch, reading, ruling, KeepingRoom.failure(NetFailure.Kind.UNABLE, cannot.why(), cannot.hint()));
        }
    }

    private void ages(Batch batch, BatchReading reading, Ruling.Hold ruling, Consumer<NetsFound> open) {
        SafetyTerms terms = ruling.coverage().safety();
        String rule = ruling.verdict().rule();
        SafetyNets nets = context.services().safety().nets();
        if (terms.asksAges()) {
            Standstill waiting = new Standstill.AtNets(batch, reading);
            Meaning meaning = Meaning.of(context);
            LexerSettings lexer = context.settings().lexer();
            gate.stand(waiting);
            NetRun.<NetsFound>of(
                    context, "looking at backups", () -> nets.check(terms, rule, ANY), (found, missing) -> {
                        if (!gate.leave(waiting)) {
                            return;
                        }
                        if (approach.terminated()) {
                            batch.release();
                            context.closeBoth();
                        } else if (missing != null || found == null) {
                            refuse(batch, reading, ruling, missing);
                        } else if (!lexer.equals(context.settings().lexer())
                                || meaning.changed(Meaning.of(context)) != null) {
                            gate.judge(batch);
                        } else {
                            open.accept(found);
                        }
                        gate.goOn();
                    });
        } else {
            open.accept(new NetsFound(terms.described(), 0));
        }
    }

    private void refuse(Batch batch, BatchReading reading, Ruling.Hold ruling, @Nullable NetFailure missing) {
        if (missing != null) {
            NetRun.missing(context, null, ruling.verdict().rule(), missing);
        }
        gate.deny(
                batch,
                reading,
                context.services().gatekeeper().refuse(batch, ruling.index(), NetTexts.missing(ruling, missing)));
    }

    /** Whether anything is to be made or looked at; not for what is void anyway. */
    boolean concern(Standstill.Held held) {
        return !held.ruling().coverage().safety().isEmpty() && held.waiting().changed() == null;
    }

    /** It goes on standing where it is meanwhile. Who released it alone is not the people that a missing net asks for. */
    void cast(Standstill.Held held, Resolution resolution, NetRun.Done<List<KeptNet>> then) {
        int agreed = resolution instanceof Resolution.Approved ? held.quorum() : 0;
        NetRun.cast(context, held.ruling(), agreed, held.hold().code(), "", then);
    }

    void told(List<KeptNet> made) {
        made.forEach(net -> context.notice(NetTexts.made(net)));
    }
}
