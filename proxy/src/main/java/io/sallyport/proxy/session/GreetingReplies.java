package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.backend.BackendTag;
import io.sallyport.protocol.backend.NoticeResponse;
import io.sallyport.protocol.backend.Replies;
import io.sallyport.protocol.backend.ReplyListener;
import io.sallyport.protocol.frame.WireReader;
import org.jspecify.annotations.Nullable;

/**
 * Puts the {@link Greeting} in front of the first ReadyForQuery that the client hears: only then has the login succeeded, and notices that come before
 * it are shown by every client as the server's own are.
 */
final class GreetingReplies implements ReplyListener {
    private final ReplyListener rest;
    private final SessionContext context;
    private final Greeting greeting;
    private boolean greets;

    private GreetingReplies(ReplyListener rest, SessionContext context, Greeting greeting) {
        this.rest = rest;
        this.context = context;
        this.greeting = greeting;
    }

    /** Nothing stands in between where nothing is to be said. */
    static ReplyListener before(ReplyListener rest, SessionContext context, Greeting greeting) {
        return greeting.given() ? rest : new GreetingReplies(rest, context, greeting);
    }

    @Override
    public Interest interest(byte tag) {
        return rest.interest(tag);
    }

    @Override
    public Fate observed(byte tag, @Nullable WireReader body) {
        Fate fate = rest.observed(tag, body);
        greets = tag == BackendTag.READY_FOR_QUERY && fate == Fate.RELAY && !greeting.given();
        return greets ? Fate.REPLACE : fate;
    }

    @Override
    public void replace(byte tag) {
        if (!greets) {
            rest.replace(tag);
            return;
        }
        ByteBuf out = context.client().allocator().buffer(256);
        NoticeResponse notice = greeting.take();
        if (notice != null) {
            notice.write(out);
        }
        context.client().send(Replies.readyForQuery(out, context.settings().transaction()));
    }

    @Override
    public void relay(ByteBuf run) {
        rest.relay(run);
    }
}
