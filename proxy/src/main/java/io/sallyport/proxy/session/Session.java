package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.protocol.frontend.StartupRequest;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.token.screen.StartupToken;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection and its one upstream connection; owns every buffer that it is given. Every method is called on the session's loop, but for
 * {@link #cancel}, {@link #shutDown} and {@link #terminate}, which hop onto it.
 *
 * <pre>
 *   start-up ──StartupMessage──▶ [entrance ──proved──▶] connecting ──connected──▶ conversation
 *       │                            │                          │
 *       └──────── end of either leg, fatal error, drain ────────┴──▶ closed
 * </pre>
 */
public final class Session {
    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private final SessionServices services;
    private final SessionLoop loop;
    private final ClientLink client;
    private final String clientAddress;
    private final String code;
    private final StepGuard guard;
    private final SessionLoop guardedLoop;
    private final Entrance entrance;
    private final LateAnswer answer;
    private final SessionLoop.Timer startupTimer;
    /** What the client sent while its server was being connected. */
    private final PieceQueue early;

    private @Nullable StartupToken startup;
    private @Nullable Conversation conversation;
    private boolean draining;
    private boolean closed;

    public Session(
            SessionServices services,
            SessionLoop loop,
            ClientLink client,
            String clientAddress,
            UpstreamConnector connector) {
        this.services = services;
        this.loop = loop;
        this.client = client;
        this.clientAddress = clientAddress;
        this.early = PieceQueue.early(client, services.config().limits());
        this.code = SessionInfo.newCode();
        this.guard = new StepGuard(services.metrics(), code, clientAddress, this::fail);
        this.guardedLoop = new GuardedLoop(loop, guard);
        this.answer = new LateAnswer(guardedLoop, services.logins().throttle(), clientAddress);
        this.entrance = new Entrance(
                services.logins(),
                guardedLoop,
                client,
                new LoginRefusals(services, () -> client.allocator().buffer(256), code, clientAddress, this::refuse),
                () -> connector.connect(this));
        this.startupTimer = loop.schedule(services.config().timeouts().startup(), this::startupTimedOut);
        services.directory().add(this, clientAddress);
        services.metrics().sessionOpened();
    }

    /** Takes ownership of the packet. */
    public void startup(StartupRequest.Startup request) {
        if (closed) {
            request.bytes().release();
            return;
        }
        StartupToken taken = StartupToken.take(request, client.allocator());
        startup = taken;
        ErrorResponse refusal = new StartupCheck(services, this, code, clientAddress, client).refusal(taken);
        if (refusal != null) {
            fail(refusal);
        } else {
            entrance.begin(taken.request());
        }
    }

    /** The way in which the client came does not do: told why, then closed. */
    public void refuse(ErrorResponse error) {
        log.info("client {} refused: {}", clientAddress, error.message());
        services.metrics().refused(error.sqlState());
        fail(error);
    }

    /** Runs what hands over all that was read at once: one step, however many pieces there are. */
    public void clientRead(Runnable pieces) {
        guard.accept(pieces);
    }

    public boolean letIn() {
        return conversation != null && conversation.active();
    }

    public void clientPiece(Piece piece) {
        guard.accept(() -> {
            if (closed || answer.given()) {
                piece.release();
            } else if (conversation != null) {
                conversation.clientPiece(piece);
            } else if (!entrance.clientPiece(piece)) {
                early.add(piece);
                early.measure();
            }
        });
    }

    /** The client sends no more, but may still read. */
    public void clientFinished() {
        guard.accept(() -> {
            if (conversation != null && letIn()) {
                conversation.flow().clientFinished();
            } else {
                clientGone();
            }
        });
    }

    public void clientGone() {
        close(new Resolution.Withdrawn("client disconnected"), "client disconnected");
    }

    /** What comes next from the client cannot be read, and will not be given: what came before is answered, where it can be. */
    public void clientUnreadable(ProtocolViolation violation) {
        guard.accept(() -> {
            ErrorResponse error = guard.ofClient(violation);
            if (closed || answer.given() || conversation == null || !conversation.breakOff(error)) {
                fail(error);
            }
        });
    }

    /** Takes over the link: closes it where the client has gone meanwhile. */
    public void upstreamConnected(UpstreamLink link) {
        StartupToken start = startup;
        if (closed || answer.given() || start == null) {
            link.close();
            return;
        }
        startup = null;
        StartupRequest.Startup request = start.request();
        SessionInfo info = new SessionInfo(code, request.user(), request.database(), clientAddress);
        StartupPacket packet = StartupPacket.of(request, info, services.config(), client.allocator());
        SessionContext context = new SessionContext(
                services, guardedLoop, info, client, link, start, this::betweenMessages, this::clientGone, this::fail);
        Conversation connected =
                new Conversation(this, packet.negotiation(), context, entrance.login(context), startupTimer::cancel);
        conversation = connected;
        link.own(packet.bytes());
        early.drain(connected::clientPiece);
        flush();
    }

    public void upstreamConnectFailed(String why) {
        services.metrics().upstreamConnectFailed();
        log.warn("no connection to {}: {}", services.config().upstream(), why);
        fail(SessionErrors.cannotConnect(services.config().upstream(), why));
    }

    public void upstreamBytes(ByteBuf bytes) {
        Conversation current = conversation;
        if (closed || answer.given() || current == null) {
            bytes.release();
            return;
        }
        guard.server(() -> current.upstreamBytes(bytes));
    }

    /** Everything that was read at once has been relayed. */
    public void upstreamReadComplete() {
        guard.accept(() -> {
            if (conversation != null && !closed && !answer.given()) {
                conversation.upstreamReadComplete();
                if (draining) {
                    endIfPossible();
                }
            }
            flush();
        });
    }

    public void upstreamGone() {
        guard.accept(() -> {
            Conversation current = conversation;
            if (current == null && !answer.given()) {
                upstreamConnectFailed("connection closed");
            } else if (current == null || answer.given()) {
                log.debug("the server is gone before the refusal was told");
            } else if (current.flow().holding() && !current.serverSaidWhy()) {
                fail(new Resolution.ServerLost(), SessionErrors.serverLostDuringHold());
            } else {
                boolean meant = current.flow().terminated();
                close(new Resolution.ServerLost(), meant ? "client ended the session" : "server closed the connection");
            }
        });
    }

    /** A CancelRequest with this session's key: withdrawn runs where it ended a batch that had not been sent, else forward. */
    public void cancel(Runnable withdrawn, Runnable forward) {
        loop.execute(() -> guard.accept(() -> {
            boolean ended =
                    !closed && conversation != null && conversation.flow().cancel();
            flush();
            (ended ? withdrawn : forward).run();
        }));
    }

    /** Ends the session as soon as it is idle outside of a transaction; a hold ends at once. */
    public void shutDown() {
        loop.execute(() -> guard.accept(() -> {
            draining = true;
            endIfPossible();
        }));
    }

    public void terminate() {
        loop.execute(() -> fail(new Resolution.Shutdown(), SessionErrors.shutdown()));
    }

    private void endIfPossible() {
        if (conversation == null || !conversation.active() || conversation.canEnd()) {
            fail(new Resolution.Shutdown(), SessionErrors.shutdown());
        }
    }

    private void startupTimedOut() {
        if (!closed) {
            services.metrics().connectionRefused("startup_timeout");
            log.info("client {} closed: start-up took too long", clientAddress);
            fail(SessionErrors.startupTimeout());
        }
    }

    /** Sends what was queued for both legs: once for everything that was read at once. */
    public void flush() {
        if (conversation != null) {
            conversation.flush();
        } else {
            client.flush();
        }
    }

    private void fail(ErrorResponse error) {
        fail(new Resolution.Withdrawn("session failed: " + error.message()), error);
    }

    private void fail(Resolution resolution, ErrorResponse error) {
        if (!closed && betweenMessages()) {
            client.send(error.write(client.allocator().buffer(256)));
        }
        close(resolution, error.message());
    }

    private void refuse(ByteBuf message, Duration delay, String why) {
        answer.give(message, delay, last -> {
            client.send(last);
            close(new Resolution.Withdrawn(why), why);
        });
    }

    /** In the middle of one of the server's messages, nothing of ours would be understood. */
    private boolean betweenMessages() {
        return conversation == null || conversation.betweenMessages();
    }

    private void close(Resolution resolution, String reason) {
        if (closed) {
            return;
        }
        closed = true;
        startupTimer.cancel();
        services.directory().remove(this);
        services.metrics().sessionClosed();
        early.release();
        entrance.close();
        answer.release();
        if (startup != null) {
            startup.request().bytes().release();
        }
        if (conversation != null) {
            conversation.close(resolution, reason);
        }
        client.closeAfterFlush();
    }
}
