package io.sallyport.proxy.session;

import io.netty.buffer.ByteBuf;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.protocol.frame.WireWriter;
import io.sallyport.protocol.frontend.StartupRequest;
import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.auth.LoginFailure;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logins that fail: counted, audited, and answered late, the later the more of them come from one address. */
final class LoginRefusals {
    private static final Logger log = LoggerFactory.getLogger(LoginRefusals.class);

    private final SessionServices services;
    private final ByteBufSource buffers;
    private final String session;
    private final String clientAddress;
    private final Answer answer;
    private String user = "";
    private String database = "";

    /** Where answers are written. */
    interface ByteBufSource {
        ByteBuf buffer();
    }

    /** Ends the session with this message, after the delay; takes ownership. */
    interface Answer {
        void end(ByteBuf message, Duration delay, String why);
    }

    LoginRefusals(
            SessionServices services, ByteBufSource buffers, String session, String clientAddress, Answer answer) {
        this.services = services;
        this.buffers = buffers;
        this.session = session;
        this.clientAddress = clientAddress;
        this.answer = answer;
    }

    void claimed(StartupRequest.Startup request) {
        user = request.user();
        database = request.database();
    }

    String clientAddress() {
        return clientAddress;
    }

    void refuse(LoginFailure reason, ErrorResponse error) {
        end(reason, error.write(buffers.buffer()), error.sqlState() + " " + error.message());
    }

    /** In the server's own words. */
    void refuse(LoginFailure reason, ErrorResponse error, byte[] body) {
        ByteBuf message = new WireWriter(buffers.buffer(), 'E').bytes(body).end();
        end(reason, message, error.sqlState() + " " + error.message());
    }

    private void end(LoginFailure reason, ByteBuf message, String why) {
        // What may be a guess costs time.
        Duration delay = reason.ofInstallation()
                ? Duration.ZERO
                : services.logins().throttle().failed(clientAddress);
        services.metrics().loginFailed(reason.label());
        boolean taken = services.audit()
                .append(new AuditEvent.LoginFailed(
                        services.clock().instant(),
                        session,
                        user,
                        database,
                        clientAddress,
                        reason.label(),
                        delay.toMillis()));
        if (!taken) {
            services.metrics().auditFailed();
        }
        log.info("login from {} failed ({}): {}", clientAddress, reason.label(), why);
        answer.end(message, delay, "login failed: " + reason.label());
    }
}
