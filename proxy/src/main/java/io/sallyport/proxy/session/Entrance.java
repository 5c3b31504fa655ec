package io.sallyport.proxy.session;

import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.frame.Frame;
import io.sallyport.protocol.frame.Piece;
import io.sallyport.protocol.frontend.FrontendTag;
import io.sallyport.protocol.frontend.StartupRequest;
import io.sallyport.proxy.auth.Credential;
import io.sallyport.proxy.auth.LoginFailure;
import io.sallyport.proxy.auth.Logins;
import io.sallyport.proxy.auth.LookupFailedException;
import io.sallyport.proxy.auth.ScramException;
import io.sallyport.proxy.auth.UpstreamSecret;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands between a start-up packet and the server: where Sallyport authenticates, nobody passes unproved. */
final class Entrance {
    private static final Logger log = LoggerFactory.getLogger(Entrance.class);

    private final Logins logins;
    private final SessionLoop loop;
    private final ClientLink client;
    private final LoginRefusals refusals;
    private final Runnable connect;

    private String role = "";
    private @Nullable ClientLogin exchange;
    private @Nullable UpstreamSecret secret;
    private boolean waits;
    /** Read by the threads that look up. */
    private volatile boolean over;

    /** @param connect runs once the client may have its server */
    Entrance(Logins logins, SessionLoop loop, ClientLink client, LoginRefusals refusals, Runnable connect) {
        this.logins = logins;
        this.loop = loop;
        this.client = client;
        this.refusals = refusals;
        this.connect = connect;
    }

    void begin(StartupRequest.Startup request) {
        role = request.user();
        refusals.claimed(request);
        if (!client.permits(role)) {
            refuse(
                    LoginFailure.CERTIFICATE,
                    LoginErrors.certificateNotFor(role, client.security().clientSubject()));
            return;
        }
        switch (logins.settings().mode()) {
            case RELAY -> connect.run();
            case CERTIFICATE -> certificate();
            case TERMINATE -> {
                waits = true;
                lookUp(true, found -> {
                    ClientLogin login = new ClientLogin(client, logins, role, found, this::proved);
                    exchange = login;
                    login.offer();
                });
            }
        }
    }

    private void certificate() {
        if (client.security().clientCertificate() == null) {
            refuse(LoginFailure.CERTIFICATE, LoginErrors.certificateMissing());
        } else if (!client.certifies(role)) {
            refuse(LoginFailure.CERTIFICATE, LoginErrors.certificateOfAnother(role));
        } else {
            lookUp(false, found -> proved(found == null ? UpstreamSecret.NONE : found.forServer(null)));
        }
    }

    private void proved(UpstreamSecret shown) {
        waits = false;
        exchange = null;
        secret = shown;
        connect.run();
    }

    /** @param derive whether a verifier is needed, which takes time where only the password is known */
    private void lookUp(boolean derive, Consumer<@Nullable Credential> then) {
        try {
            logins.execute(refusals.clientAddress(), () -> {
                if (over) {
                    return;
                }
                try {
                    Credential found = logins.find(role);
                    if (found != null && derive) {
                        found.verifier();
                    }
                    loop.execute(() -> goOn(() -> then.accept(found)));
                } catch (LookupFailedException | RuntimeException failure) {
                    log.error("credentials cannot be looked up: {}", failure.getMessage());
                    loop.execute(() -> goOn(() -> refuse(LoginFailure.LOOKUP, LoginErrors.lookup())));
                }
            });
        } catch (RejectedExecutionException full) {
            refuse(LoginFailure.LOOKUP, LoginErrors.lookup());
        }
    }

    private void goOn(Runnable step) {
        if (!over) {
            step.run();
            client.flush();
        }
    }

    private void refuse(LoginFailure reason, ErrorResponse error) {
        over = true;
        refusals.refuse(reason, error);
    }

    /** @return whether the message was the login's; then it was consumed */
    boolean clientPiece(Piece piece) {
        if (!waits) {
            return false;
        }
        try {
            if (!over) {
                answer(piece);
            }
        } finally {
            piece.release();
        }
        return true;
    }

    private void answer(Piece piece) {
        ClientLogin login = exchange;
        if (login == null || piece.tag() != FrontendTag.PASSWORD.code() || !(piece instanceof Frame frame)) {
            over = true;
            throw new ProtocolViolation("expected SASL response, got message type " + (piece.tag() & 0xff));
        }
        try {
            login.answer(frame);
        } catch (ScramException failure) {
            refuse(failure.reason(), LoginErrors.of(failure, role));
        } catch (ProtocolViolation malformed) {
            refuse(
                    LoginFailure.PROTOCOL,
                    ErrorResponse.fatal(malformed.sqlState(), String.valueOf(malformed.getMessage())));
        }
    }

    /** How the server is then satisfied. */
    Login login(SessionContext context) {
        return secret == null ? new RelayedLogin(context, refusals) : new UpstreamLogin(context, refusals, secret);
    }

    void close() {
        over = true;
    }
}
