package io.sallyport.proxy.session;

import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.backend.ErrorResponse;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs the steps of a session, whose code the log shows: a fault of our own ends the session; nothing is let through because of it. */
final class StepGuard implements Consumer<Runnable> {
    private static final Logger log = LoggerFactory.getLogger(StepGuard.class);

    private final String code;
    private final Consumer<ProtocolViolation> clientBroke;
    private final Consumer<ErrorResponse> fail;

    /** A step within a step has the outer one's guard. */
    private boolean running;

    StepGuard(String code, Consumer<ProtocolViolation> clientBroke, Consumer<ErrorResponse> fail) {
        this.code = code;
        this.clientBroke = clientBroke;
        this.fail = fail;
    }

    /** Bytes that are not the protocol are the client's. */
    @Override
    public void accept(Runnable step) {
        run(step, clientBroke);
    }

    /** @param broke told when bytes are not the protocol */
    void run(Runnable step, Consumer<ProtocolViolation> broke) {
        if (running) {
            step.run();
            return;
        }
        running = true;
        MDC.put("session", code);
        try {
            step.run();
        } catch (ProtocolViolation violation) {
            broke.accept(violation);
        } catch (RuntimeException fault) {
            log.error("session failed", fault);
            fail.accept(SessionErrors.fault());
        } finally {
            running = false;
            MDC.remove("session");
        }
    }
}
