package io.sallyport.proxy.session;

import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.console.ConfirmPort;
import io.sallyport.proxy.console.ConsoleError;
import io.sallyport.proxy.console.Spans;
import io.sallyport.proxy.gate.Confirmations;
import io.sallyport.proxy.gate.Denial;
import io.sallyport.proxy.gate.Permit;
import io.sallyport.proxy.gate.Ruling;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a session's requester to type names, and lets the batch that was refused for want of them pass, once. */
final class ConfirmDesk implements ConfirmPort {
    static final Duration GOOD_FOR = Duration.ofMinutes(2);

    private final SessionContext context;
    private final Confirmations confirmations = new Confirmations();
    private SessionLoop.@Nullable Timer expiry;

    ConfirmDesk(SessionContext context) {
        this.context = context;
    }

    /** @return the permit, where the names were typed for this very batch; null where it is to be refused */
    @Nullable
    Permit confirmed(Batch batch, Ruling.Confirm ruling) {
        Confirmations.Taken taken = confirmations.take(ruling, context.names().number());
        if (taken == null) {
            return null;
        }
        over();
        boolean recorded = context.records()
                .append(new AuditEvent.Confirmed(
                        context.services().clock().instant(),
                        context.info().code(),
                        ruling.verdict().rule(),
                        ruling.names().stream().map(name -> name.name()).toList(),
                        ruling.work().texts()));
        if (!recorded) {
            return null;
        }
        context.services().metrics().confirmation("run");
        return context.services().gatekeeper().confirmed(batch, taken);
    }

    /** The refusal that asks for the names; what was asked before is forgotten. */
    Ruling.Deny ask(Batch batch, Ruling.Confirm ruling) {
        if (!context.records().stopped("confirm", ruling.verdict(), ruling.work(), null)) {
            return context.services().gatekeeper().refuse(batch, ruling.index(), Denial.unrecorded());
        }
        over();
        context.services().metrics().confirmation("asked");
        confirmations.ask(ruling, context.names().number());
        Duration expires = ruling.verdict().terms().expires();
        Duration goodFor = expires == null ? GOOD_FOR : expires;
        expiry = context.loop().schedule(goodFor, () -> {
            expiry = null;
            confirmations.forget();
            context.services().metrics().confirmation("expired");
        });
        return context.services().gatekeeper().unconfirmed(batch, ruling, Spans.text(goodFor));
    }

    @Override
    public String confirm(List<String> names) throws ConsoleError {
        Ruling.Confirm asked = confirmations.asked();
        if (asked == null) {
            throw new ConsoleError(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "nothing waits to be confirmed in this session",
                    "Send the statement first: its refusal asks for the name, and says for how long that holds.");
        }
        String wrong = confirmations.type(names);
        if (wrong != null) {
            context.services().metrics().confirmation("wrong_name");
            throw new ConsoleError(
                    SqlState.INVALID_PARAMETER_VALUE,
                    wrong,
                    "Type each name exactly as the server knows it: in lower case unless it was quoted, with its"
                            + " schema where the statement gives one.");
        }
        context.services().metrics().confirmation("typed");
        return asked.work().texts();
    }

    private void over() {
        if (expiry != null) {
            expiry.cancel();
            expiry = null;
        }
    }

    void close() {
        over();
        confirmations.forget();
    }
}
