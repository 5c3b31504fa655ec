package io.sallyport.proxy.session;

import io.sallyport.protocol.TransactionStatus;
import io.sallyport.proxy.impact.Estimable;
import io.sallyport.proxy.impact.Estimate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server, on the client's own connection, how many rows statements would change. A planner evaluates functions that call themselves
 * IMMUTABLE or STABLE: it is asked in a transaction that may not write, or inside of a savepoint that may not, and both are rolled back.
 */
final class EstimateDesk {
    private static final byte[] ISOLATION = "SHOW transaction_isolation".getBytes(StandardCharsets.US_ASCII);

    /** How long a lock may be waited for: whoever holds one that a planner needs is changing the table. */
    private static final Duration LOCK_PATIENCE = Duration.ofMillis(500);

    private final SessionContext context;
    private List<Estimate> estimates = List.of();
    private @Nullable OwnScript script;
    /** What is asked once it is known that nothing is disturbed by it. */
    private @Nullable OwnScript next;

    private SessionLoop.@Nullable Timer patience;

    EstimateDesk(SessionContext context) {
        this.context = context;
    }

    /** Whether the server can be asked now: in a transaction too, but not in one that failed. */
    boolean canAsk() {
        return context.tracker().atBoundary() && context.settings().transaction() != TransactionStatus.FAILED;
    }

    /** @param gaveUp called where the server takes too long */
    void ask(List<Estimable> wanted, Runnable gaveUp) {
        close();
        estimates = wanted.stream().map(Estimate::new).toList();
        boolean idle = context.settings().transaction() == TransactionStatus.IDLE;
        OwnScript plans = new OwnScript();
        estimates.forEach(estimate -> add(estimate, idle, plans));
        if (idle) {
            send(plans);
        } else {
            // Under other levels a question fixes the snapshot that the client's next statement would take (manual,
            // "Transaction Isolation").
            send(new OwnScript().ask(ISOLATION, level -> next = level.equals("read committed") ? plans : null));
        }
        patience = context.loop().schedule(timeout().plus(RoleDesk.PATIENCE), () -> {
            patience = null;
            estimates.forEach(Estimate::failed);
            close();
            gaveUp.run();
        });
    }

    private void send(OwnScript some) {
        script = some;
        some.send(context);
    }

    private Duration timeout() {
        return context.services().config().impact().timeout();
    }

    private void add(Estimate estimate, boolean idle, OwnScript plans) {
        Estimable about = estimate.about();
        plans.run(idle ? "BEGIN READ ONLY" : "SAVEPOINT sallyport_asks");
        if (!idle) {
            plans.run("SET LOCAL transaction_read_only = on");
        }
        plans.run("SET LOCAL statement_timeout = " + timeout().toMillis());
        plans.run("SET LOCAL lock_timeout = " + LOCK_PATIENCE.toMillis());
        byte[] plan = about.planQuestion();
        if (plan != null) {
            plans.ask(plan, about.types(), about.values(), estimate::planned);
        }
        about.sizeQuestions().forEach(size -> plans.ask(size, estimate::size));
        plans.sync();
        if (!idle) {
            plans.run("ROLLBACK TO SAVEPOINT sallyport_asks").run("RELEASE SAVEPOINT sallyport_asks");
        } else {
            plans.run("ROLLBACK");
        }
        plans.sync();
    }

    /** Whether answers are still to come, and worth waiting for. */
    boolean asking() {
        if (script != null && script.over()) {
            OwnScript following = next;
            script = null;
            next = null;
            if (following != null) {
                send(following);
            } else {
                close();
            }
        }
        return script != null;
    }

    /** What came; read elsewhere, for plans may be long. */
    List<Estimate> answers() {
        return estimates;
    }

    void close() {
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
        script = null;
        next = null;
    }
}
