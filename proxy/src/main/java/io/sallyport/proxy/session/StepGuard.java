package io.sallyport.proxy.session;

import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.proxy.metrics.ProxyMetrics;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs the steps of a session, whose code the log shows: a fault of our own ends the session; nothing is let through because of it. */
final class StepGuard implements Consumer<Runnable> {
    private static final Logger log = LoggerFactory.getLogger(StepGuard.class);

    private final ProxyMetrics metrics;
    private final String code;
    private final String clientAddress;
    private final Consumer<ErrorResponse> fail;

    /** A step within a step has the outer one's guard. */
    private boolean running;

    StepGuard(ProxyMetrics metrics, String code, String clientAddress, Consumer<ErrorResponse> fail) {
        this.metrics = metrics;
        this.code = code;
        this.clientAddress = clientAddress;
        this.fail = fail;
    }

    /** Bytes that are not the protocol, or exceed a limit, are the client's. */
    @Override
    public void accept(Runnable step) {
        run(step, violation -> fail.accept(ofClient(violation)));
    }

    /** A step in which the server has the word. */
    void server(Runnable step) {
        run(step, violation -> {
            metrics.protocolViolation("server");
            log.error("session closed: {}", violation.getMessage());
            fail.accept(SessionErrors.lostTrack(String.valueOf(violation.getMessage())));
        });
    }

    /** Notes what the client did, and gives what it is told. */
    ErrorResponse ofClient(ProtocolViolation violation) {
        metrics.protocolViolation("client");
        log.info("client {} closed: {}", clientAddress, violation.getMessage());
        return ErrorResponse.fatal(violation.sqlState(), String.valueOf(violation.getMessage()));
    }

    private void run(Runnable step, Consumer<ProtocolViolation> broke) {
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
        } catch (SelfCheck.Failed found) {
            fail.accept(found.error());
        } catch (RuntimeException fault) {
            log.error("session failed", fault);
            fail.accept(SessionErrors.fault());
        } finally {
            running = false;
            MDC.remove("session");
        }
    }
}
