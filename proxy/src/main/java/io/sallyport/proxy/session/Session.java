package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.CancelKey;
import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.TransactionStatus;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.backend.ReplyScanner;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.protocol.frontend.StartupRequest;
import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.hold.Resolution;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One client connection and its one upstream connection. Every method is called on the session's loop, but for
 * {@link #cancel} and {@link #shutDown}, which hop onto it.
 *
 * <pre>
 *   STARTUP ──StartupMessage──▶ CONNECTING ──connected──▶ AUTHENTICATING ──first ReadyForQuery──▶ ACTIVE
 *      │                            │                          │                                    │
 *      └────────────────────────────┴───────── end of either leg, fatal error ──────────────────────┴──▶ CLOSED
 * </pre>
 */
public final class Session implements ReplyHandler.Events {
    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private enum Phase {
        STARTUP,
        CONNECTING,
        AUTHENTICATING,
        ACTIVE,
        CLOSED
    }

    private final SessionServices services;
    private final SessionLoop loop;
    private final ClientLink client;
    private final String clientAddress;
    private final String code;
    private final UpstreamConnector connector;
    private final Deque<Piece> early = new ArrayDeque<>();
    private final SessionLoop.Timer startupTimer;

    private Phase phase = Phase.STARTUP;
    private boolean authenticated;
    private boolean draining;
    private StartupRequest.@Nullable Startup startup;
    private @Nullable CancelKey key;
    private @Nullable SessionContext context;
    private @Nullable BatchFlow flow;
    private @Nullable ReplyScanner scanner;

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
        this.connector = connector;
        this.code =
                String.format(Locale.ROOT, "%012x", ThreadLocalRandom.current().nextLong() & 0xffff_ffff_ffffL);
        Duration limit = services.config().timeouts().startup();
        this.startupTimer = loop.schedule(limit, this::startupTimedOut);
        services.directory().add(this);
        services.metrics().sessionOpened();
    }

    /** Names the session in logs and reports. */
    public String code() {
        return code;
    }

    public SessionLoop loop() {
        return loop;
    }

    // ---- the client's side

    /** Takes ownership of the packet. */
    public void startup(StartupRequest.Startup request) {
        int limit = services.config().limits().connections();
        if (services.directory().size() > limit) {
            request.bytes().release();
            fail(ErrorResponse.fatal(SqlState.TOO_MANY_CONNECTIONS, "too many connections: the limit is " + limit));
            return;
        }
        if (request.replication()) {
            request.bytes().release();
            fail(ErrorResponse.fatal(
                            SqlState.FEATURE_NOT_SUPPORTED, "replication connections are not let through by Sallyport")
                    .withHint("Connect replication clients to the server itself."));
            return;
        }
        startup = request;
        phase = Phase.CONNECTING;
        connector.connect(this);
    }

    public void clientPiece(Piece piece) {
        guarded(() -> {
            BatchFlow active = flow;
            if (phase == Phase.CLOSED) {
                piece.release();
            } else if (phase == Phase.ACTIVE && active != null) {
                active.accept(piece);
            } else if (piece.tag() == FrontendTag.PASSWORD.code() && context != null && !authenticated) {
                context.upstream().relay(piece);
            } else {
                // A trusted client may send its first statements with the start-up packet.
                early.add(piece);
                client.queueFull(earlyBytes() > services.config().limits().queuedBytes());
            }
        });
    }

    /** Everything that was read at once has been passed. */
    public void clientReadComplete() {
        if (context != null) {
            context.upstream().flush();
        }
        client.flush();
    }

    /** The client sends no more, but may still read. */
    public void clientFinished() {
        guarded(() -> {
            if (flow != null && phase == Phase.ACTIVE) {
                flow.clientFinished();
            } else {
                close(new Resolution.Withdrawn("client disconnected"), "client disconnected");
            }
        });
    }

    public void clientGone() {
        close(new Resolution.Withdrawn("client disconnected"), "client disconnected");
    }

    /** The client broke the protocol, or a limit: told why, then closed. */
    public void clientViolation(ProtocolViolation violation) {
        services.metrics().protocolViolation("client");
        log.info("client {} closed: {}", clientAddress, violation.getMessage());
        fail(ErrorResponse.fatal(violation.sqlState(), String.valueOf(violation.getMessage())));
    }

    /** Ends the session with an error of our own. */
    public void fail(ErrorResponse error) {
        if (phase != Phase.CLOSED) {
            client.send(error.write(client.allocator().buffer(256)));
            client.flush();
            close(new Resolution.Withdrawn("session failed: " + error.message()), error.message());
        }
    }

    // ---- the server's side

    public void upstreamConnected(UpstreamLink link) {
        StartupRequest.Startup request = startup;
        if (phase != Phase.CONNECTING || request == null) {
            link.close();
            return;
        }
        phase = Phase.AUTHENTICATING;
        SessionInfo info = new SessionInfo(code, request.user(), request.database(), clientAddress);
        SessionContext connected = new SessionContext(
                services,
                loop,
                info,
                client,
                link,
                request.parameters().getOrDefault("application_name", ""),
                () -> close(new Resolution.Withdrawn("client disconnected"), "client disconnected"));
        context = connected;
        flow = new BatchFlow(connected);
        scanner = new ReplyScanner(
                client.allocator(),
                new ReplyHandler(client, connected.tracker(), connected.prepared(), connected.settings(), this));
        link.own(request.bytes());
        link.flush();
        early.removeIf(piece -> {
            boolean password = piece.tag() == FrontendTag.PASSWORD.code();
            if (password) {
                link.relay(piece);
            }
            return password;
        });
    }

    public void upstreamConnectFailed(String why) {
        services.metrics().upstreamConnectFailed();
        log.warn("no connection to {}: {}", services.config().upstream(), why);
        if (startup != null && phase == Phase.CONNECTING) {
            startup.bytes().release();
        }
        fail(ErrorResponse.fatal(
                SqlState.UNABLE_TO_CONNECT,
                "Sallyport cannot connect to the server at " + services.config().upstream() + ": " + why));
    }

    /** Takes ownership. */
    public void upstreamBytes(ByteBuf bytes) {
        ReplyScanner current = scanner;
        if (phase == Phase.CLOSED || current == null) {
            bytes.release();
            return;
        }
        services.metrics().relayed(false, bytes.readableBytes());
        try {
            current.feed(bytes);
        } catch (ProtocolViolation violation) {
            services.metrics().protocolViolation("server");
            log.error("session {} closed: {}", code, violation.getMessage());
            fail(ErrorResponse.fatal(
                    violation.sqlState(), "Sallyport lost track of the server: " + violation.getMessage()));
        }
    }

    /** Everything that was read at once has been relayed: what waited for it may go on. */
    public void upstreamReadComplete() {
        guarded(() -> {
            BatchFlow active = flow;
            if (phase == Phase.ACTIVE && active != null) {
                while (!early.isEmpty()) {
                    active.accept(early.remove());
                }
                active.pump();
                if (draining) {
                    drain();
                }
            }
            if (context != null) {
                context.upstream().flush();
            }
            client.flush();
        });
    }

    public void upstreamGone() {
        if (phase == Phase.CLOSED) {
            return;
        }
        if (flow != null && flow.holding()) {
            fail(ErrorResponse.fatal(
                            SqlState.CONNECTION_FAILURE,
                            "the server closed the connection while the statement was held")
                    .withDetail("The held statement was not run."));
        } else if (phase == Phase.CONNECTING || phase == Phase.STARTUP) {
            upstreamConnectFailed("connection closed");
        } else {
            close(new Resolution.ServerLost(), "server closed the connection");
        }
    }

    // ---- what replies tell

    @Override
    public void authenticated() {
        authenticated = true;
    }

    @Override
    public void keyed(CancelKey cancelKey) {
        key = cancelKey;
        services.directory().keyed(cancelKey, this);
    }

    @Override
    public void ready(TransactionStatus status) {
        if (context == null) {
            return;
        }
        context.transactionLog().status(status);
        if (phase == Phase.AUTHENTICATING && authenticated) {
            phase = Phase.ACTIVE;
            startupTimer.cancel();
            client.queueFull(false);
            SessionInfo info = context.info();
            context.record(new AuditEvent.SessionStarted(
                    services.clock().instant(),
                    code,
                    info.user(),
                    info.database(),
                    context.settings().application(),
                    clientAddress));
            log.info("session of {} on {} from {}", info.user(), info.database(), clientAddress);
        }
    }

    @Override
    public void fatal(ErrorResponse error) {
        log.info("server ended session {}: {} {}", code, error.sqlState(), error.message());
    }

    // ---- from other threads

    /**
     * A CancelRequest with this session's key.
     *
     * @param forward runs when there was nothing to withdraw, so that the server has to cancel
     */
    public void cancel(Runnable withdrawn, Runnable forward) {
        loop.execute(() -> guarded(() -> {
            if (flow != null && phase == Phase.ACTIVE && flow.cancel()) {
                if (context != null) {
                    context.flush();
                }
                withdrawn.run();
            } else {
                forward.run();
            }
        }));
    }

    /** Ends the session as soon as it is idle outside of a transaction; a hold ends at once. */
    public void shutDown() {
        loop.execute(() -> guarded(() -> {
            draining = true;
            drain();
        }));
    }

    /** Ends the session now. */
    public void terminate() {
        loop.execute(() -> fail(shutdownError()));
    }

    private void drain() {
        boolean idle = flow == null
                || context == null
                || flow.holding()
                || (flow.idle()
                        && context.tracker().atBoundary()
                        && context.settings().transaction() == TransactionStatus.IDLE);
        if (phase != Phase.CLOSED && idle) {
            if (flow != null && flow.holding()) {
                flow.close(new Resolution.Shutdown());
            }
            fail(shutdownError());
        }
    }

    private static ErrorResponse shutdownError() {
        return ErrorResponse.fatal(
                SqlState.ADMIN_SHUTDOWN, "terminating connection because Sallyport is shutting down");
    }

    private void startupTimedOut() {
        if (phase == Phase.STARTUP || phase == Phase.CONNECTING || phase == Phase.AUTHENTICATING) {
            log.info("client {} closed: start-up took too long", clientAddress);
            fail(ErrorResponse.fatal(SqlState.CONNECTION_EXCEPTION, "start-up took too long"));
        }
    }

    private long earlyBytes() {
        return early.stream().mapToLong(piece -> piece.bytes().readableBytes()).sum();
    }

    /** A fault of our own ends the session; nothing is let through because of it. */
    private void guarded(Runnable step) {
        MDC.put("session", code);
        try {
            step.run();
        } catch (ProtocolViolation violation) {
            clientViolation(violation);
        } catch (RuntimeException fault) {
            log.error("session {} failed", code, fault);
            fail(ErrorResponse.fatal(SqlState.INTERNAL_ERROR, "Sallyport failed and closes this session"));
        } finally {
            MDC.remove("session");
        }
    }

    private void close(Resolution resolution, String reason) {
        if (phase == Phase.CLOSED) {
            return;
        }
        boolean wasActive = phase == Phase.ACTIVE;
        phase = Phase.CLOSED;
        startupTimer.cancel();
        services.directory().remove(this, key);
        services.metrics().sessionClosed();
        early.forEach(Piece::release);
        early.clear();
        if (flow != null) {
            flow.close(resolution);
        }
        if (context != null) {
            context.tracker().abandon();
            context.upstream().close();
            if (wasActive) {
                context.record(new AuditEvent.SessionEnded(services.clock().instant(), code, reason));
            }
        }
        if (scanner != null) {
            scanner.close();
        }
        client.closeAfterFlush();
    }
}
