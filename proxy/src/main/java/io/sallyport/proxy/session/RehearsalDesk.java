package io.sallyport.proxy.session;

import io.sallyport.policies.decision.Rehearsal;
import io.sallyport.policies.effects.Effects;
import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.protocol.frontend.FrontendMessage;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.gate.Permit;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.impact.EffectsText;
import io.sallyport.proxy.impact.Rehearsable;
import java.util.List;

/**
 * Runs what is about to be held, and rolls it back, where its rule wants that: whoever approves reads exact counts, and what is committed in the end stays within
 * them.
 */
final class RehearsalDesk {
    /** Opens the hold. */
    interface Opens {
        void open(Batch batch, Ruling.Hold ruling);
    }

    private final SessionContext context;
    private final BatchGate gate;

    RehearsalDesk(SessionContext context, BatchGate gate) {
        this.context = context;
        this.gate = gate;
    }

    void before(Batch batch, BatchReading reading, Ruling.Hold ruling, Opens then) {
        Rehearsal rehearsal = ruling.verdict().terms().rehearsal();
        if (!rehearsal.asked() || batch.approved() != null) {
            then.open(batch, ruling);
            return;
        }
        String objection = Rehearsable.objection(reading, rehearsal);
        if (objection == null && !Wrapping.synced(batch)) {
            objection = "its end, a Sync, was not sent with it";
        } else if (objection == null && closesPortals(batch)) {
            objection = "it closes a portal";
        }
        if (objection != null) {
            unable(batch, reading, ruling, objection, then);
        } else if (context.tracker().atBoundary()) {
            if (context.effects().clears(batch, reading)) {
                rehearse(batch, reading, ruling, then);
            } else {
                unable(batch, reading, ruling, "what is sent with it could end its transaction", then);
            }
        } else if (context.tracker().settlesByItself()) {
            gate.stand(new Standstill.Asking(
                    batch, reading, () -> context.tracker().settled(), () -> before(batch, reading, ruling, then)));
        } else {
            unable(batch, reading, ruling, "other statements are in its pipeline", then);
        }
    }

    /** Of an earlier batch: it would not be there again. */
    private static boolean closesPortals(Batch batch) {
        return batch.frames().stream()
                .anyMatch(frame -> frame.tag() == FrontendTag.CLOSE.code()
                        && !FrontendMessage.Close.of(frame).statement());
    }

    private void rehearse(Batch batch, BatchReading reading, Ruling.Hold ruling, Opens then) {
        Meaning meaning = Meaning.of(context);
        LexerSettings lexer = context.settings().lexer();
        Permit permit = context.services().gatekeeper().rehearsal(batch, reading, ruling);
        Trial trial = new Trial((back, effects, unable) -> {
            if (!lexer.equals(context.settings().lexer()) || meaning.changed(Meaning.of(context)) != null) {
                gate.judge(back);
            } else if (effects == null) {
                unable(back, reading, ruling, String.valueOf(unable), then);
            } else {
                back.approved(effects);
                then.open(back, ruling.knowing(lines(effects)));
            }
        });
        context.effects().rehearse(batch, reading, permit, trial);
    }

    private static List<String> lines(Effects effects) {
        List<String> lines = EffectsText.lines(effects);
        return lines.isEmpty()
                ? List.of("rehearsed: it changes nothing")
                : lines.stream().map(line -> "rehearsed: " + line).toList();
    }

    private void unable(Batch batch, BatchReading reading, Ruling.Hold ruling, String why, Opens then) {
        context.services().metrics().effects("unrehearsed");
        if (ruling.verdict().terms().rehearsal().required()) {
            gate.deny(
                    batch,
                    reading,
                    context.services()
                            .gatekeeper()
                            .refuse(batch, ruling.index(), EffectsTexts.notRehearsed(ruling.verdict(), why)));
        } else {
            then.open(batch, ruling.knowing(List.of("not rehearsed: " + why)));
        }
    }
}
