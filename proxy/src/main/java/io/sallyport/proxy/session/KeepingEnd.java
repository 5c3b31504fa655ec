package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.backend.Replies;
import io.sallyport.protocol.frame.WireWriter;
import io.sallyport.proxy.gate.Denial;

/** What the client hears of a batch whose rows were to be kept. */
final class KeepingEnd {
    private final SessionContext context;
    private final KeepingRun run;

    KeepingEnd(SessionContext context, KeepingRun run) {
        this.context = context;
        this.run = run;
    }

    void tell(EffectsEnding how) {
        KeptAnswers answers = context.answers();
        if (how instanceof EffectsEnding.Refused refused) {
            answers.release(!run.run.simple());
            Denial denial = refused.denial();
            context.services().metrics().refused(denial.sqlState());
            run.released.failed(denial.sqlState());
            context.own()
                    .send(ErrorTexts.in(context.settings(), denial.toErrorResponse())
                            .write(context.client().allocator().buffer(256)));
        } else if (how instanceof EffectsEnding.Failed failed) {
            // As the server said it.
            answers.release(!run.run.simple());
            run.released.failed(failed.failure().error().sqlState());
            byte[] body = failed.failure().body();
            ByteBuf out = context.client().allocator().buffer(64 + body.length);
            context.own().send(new WireWriter(out, 'E').bytes(body).end());
        } else {
            answers.release(true);
        }
        TransactionStatus now = context.settings().transaction();
        context.own().send(Replies.readyForQuery(context.client().allocator().buffer(8), now));
        run.released.replied();
        run.run.batch().release();
        context.flush();
    }
}
