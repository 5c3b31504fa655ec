package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.CancelKey;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.backend.AuthenticationRequest;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.backend.NoticeResponse;
import io.sallyport.protocol.backend.Replies;
import io.sallyport.protocol.backend.ReplyListener.Fate;
import io.sallyport.protocol.backend.ReplyScanner;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.protocol.frame.WireReader;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.hold.Resolution;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session whose two legs are connected: authentication, which a {@link Login} follows, up to the first ReadyForQuery; then
 * batches.
 */
final class Conversation implements ReplyHandler.Events {
    private static final Logger log = LoggerFactory.getLogger(Conversation.class);

    private final Session session;
    private final SessionContext context;
    private final Login login;
    private final Runnable started;
    private final BatchFlow flow;
    private final Greeting greeting;
    private final ReplyScanner scanner;

    /** What the client sent before it was let in: a trusted client may not wait for an answer. */
    private final PieceQueue early;

    private @Nullable CancelKey key;
    private boolean authenticated;
    private boolean active;
    private boolean serverSaidWhy;

    /** The end of the question for roles that stands between the login and the client. */
    private @Nullable Slot loginQuestion;

    /** @param started runs once the server is ready for queries */
    Conversation(
            Session session, @Nullable Negotiation negotiation, SessionContext context, Login login, Runnable started) {
        this.session = session;
        this.login = login;
        this.context = context;
        this.greeting = context.greeting();
        this.started = started;
        this.flow = new BatchFlow(context);
        this.early =
                PieceQueue.early(context.client(), context.services().config().limits());
        this.scanner = new ReplyScanner(
                context.client().allocator(),
                NegotiationReplies.before(
                        GreetingReplies.before(
                                new ReplyHandler(
                                        context.answers(),
                                        context.tracker(),
                                        context.prepared(),
                                        context.settings(),
                                        new SelfCheck(context),
                                        context.spending(),
                                        this),
                                context,
                                greeting),
                        context.client(),
                        negotiation));
    }

    void clientPiece(Piece piece) {
        if (active) {
            flow.accept(piece);
        } else if (piece.tag() == FrontendTag.PASSWORD.code() && !authenticated) {
            login.clientMessage((Frame) piece);
        } else {
            early.add(piece);
            early.measure();
        }
    }

    /** Takes ownership. */
    void upstreamBytes(ByteBuf bytes) {
        context.services().metrics().relayed(false, bytes.readableBytes());
        scanner.feed(bytes);
    }

    /** Everything that was read at once has been relayed: what waited for it may go on. */
    void upstreamReadComplete() {
        context.own().sendWaiting();
        if (active) {
            early.drain(flow::accept);
            flow.pump();
        }
    }

    /** Whether a message of ours may follow what was relayed. */
    boolean betweenMessages() {
        return scanner.betweenMessages();
    }

    /** @return whether the session ends by itself with this error, once what came before it is answered */
    boolean breakOff(ErrorResponse error) {
        if (active) {
            flow.breakOff(error);
        }
        return active;
    }

    void flush() {
        context.flush();
    }

    BatchFlow flow() {
        return flow;
    }

    /** Whether the server is ready for queries, or was once. */
    boolean active() {
        return active;
    }

    /** Whether the server told the client itself, by a FATAL error, why it ends the session. */
    boolean serverSaidWhy() {
        return serverSaidWhy;
    }

    /** Whether it can end now without anybody losing anything: a hold can, a transaction cannot. */
    boolean canEnd() {
        return flow.holding()
                || (flow.idle()
                        && context.tracker().atBoundary()
                        && context.settings().transaction() == TransactionStatus.IDLE);
    }

    void close(Resolution resolution, String reason) {
        if (!authenticated) {
            login.ended();
        }
        early.release();
        flow.close(resolution);
        context.roles().close();
        context.surroundings().close();
        context.estimates().close();
        context.keeping().close();
        context.effects().close();
        context.confirmations().close();
        context.spending().close();
        context.tracker().abandon();
        context.upstream().close();
        scanner.close();
        context.own().release();
        if (key != null) {
            context.services().directory().forgetKey(key, session);
        }
        if (active) {
            context.records()
                    .append(new AuditEvent.SessionEnded(
                            context.services().clock().instant(), context.info().code(), reason));
        }
    }

    @Override
    public Fate authentication(WireReader body) {
        if (authenticated) {
            return Fate.RELAY;
        }
        int code = body.int32();
        Fate fate = login.asked(code, body);
        authenticated = code == AuthenticationRequest.OK && fate == Fate.RELAY;
        return fate;
    }

    @Override
    public void replaceAuthentication(ByteBuf out) {
        login.replacement(out);
    }

    @Override
    public void keyed(CancelKey cancelKey) {
        key = cancelKey;
        context.services().directory().keyed(cancelKey, session);
    }

    @Override
    public boolean ready(TransactionStatus status) {
        context.transactionLog().status(status);
        context.spending().ready(status, context.tracker().atBoundary());
        if (context.idle()) {
            context.names().idle();
            context.effects().idle();
            context.judged().idle();
        }
        if (active || !authenticated) {
            return true;
        }
        if (loginQuestion == null && context.services().gatekeeper().asksRoles() && context.idle()) {
            // The ReadyForQuery of our own question goes to the client in place of this one.
            loginQuestion = context.roles().ask(this::goOnWithoutRoles);
            loginQuestion.own = false;
            return false;
        }
        activate();
        return true;
    }

    /** The server is slow to tell the roles: the client is let in, and what needs them is refused. */
    private void goOnWithoutRoles() {
        if (!active && loginQuestion != null) {
            loginQuestion.own = true;
            NoticeResponse banner = greeting.take();
            if (banner != null) {
                context.own().send(banner.write(context.client().allocator().buffer(256)));
            }
            context.own()
                    .send(Replies.readyForQuery(context.client().allocator().buffer(8), TransactionStatus.IDLE));
            activate();
        }
        upstreamReadComplete();
        flush();
    }

    private void activate() {
        active = true;
        context.client().queueFull(false);
        SessionInfo info = context.info();
        String claimed = context.claimedUser().name();
        context.records()
                .append(new AuditEvent.SessionStarted(
                        context.services().clock().instant(),
                        info.code(),
                        info.user(),
                        info.database(),
                        context.settings().application(),
                        info.client(),
                        context.certificate(),
                        claimed.isEmpty() ? null : claimed));
        log.info("session of {} on {} from {}", info.user(), info.database(), info.client());
        started.run();
    }

    @Override
    public Fate fatal(ErrorResponse error, byte[] body) {
        serverSaidWhy = true;
        // What it tells of last is not committed.
        context.answers().release(false);
        log.info("server ended the session: {} {}", error.sqlState(), error.message());
        return authenticated ? Fate.RELAY : login.failed(error, body);
    }
}
