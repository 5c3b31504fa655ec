package io.sallyport.proxy.session;

import io.sallyport.policies.decision.SafetyTerms;
import io.sallyport.proxy.audit.SafetyEvent;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.safety.KeptNet;
import io.sallyport.proxy.safety.NetFailure;
import io.sallyport.proxy.safety.RestorePoint;
import io.sallyport.proxy.safety.SafetyNets;
import io.sallyport.proxy.safety.SafetyOffice;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of safety nets for one batch: done on a worker, told on the session's loop, within the configured time. */
final class NetRun {
    private static final Logger log = LoggerFactory.getLogger(NetRun.class);

    /** What blocks. */
    interface Work<T> {
        T make() throws NetFailure;
    }

    /** Called once, on the loop; exactly one of the two is null. */
    interface Done<T> {
        void with(@Nullable T made, @Nullable NetFailure missing);
    }

    private final SessionContext context;
    private boolean told;

    private NetRun(SessionContext context) {
        this.context = context;
    }

    /** Whatever comes after the time is up changes nothing: the batch was refused. */
    static <T> void of(SessionContext context, String what, Work<T> work, Done<T> then) {
        new NetRun(context).start(what, work, then);
    }

    private <T> void start(String what, Work<T> work, Done<T> then) {
        SafetyOffice office = context.services().safety();
        AtomicReference<@Nullable T> made = new AtomicReference<>();
        AtomicReference<@Nullable NetFailure> missing = new AtomicReference<>();
        SessionLoop.Timer timer = context.loop()
                .schedule(
                        office.nets().timeout(),
                        () -> tell(then, null, failed(what + " took too long", "See safety.timeout.")));
        Runnable task = () -> {
            try {
                made.set(work.make());
            } catch (NetFailure failure) {
                missing.set(failure);
            }
        };
        Errand.run(office.workers(), context.loop(), task, fault -> {
            timer.cancel();
            NetFailure failure = missing.get();
            T answer = made.get();
            if (answer == null && failure == null) {
                failure = failed(
                        what + " failed"
                                + (fault == null ? "" : ": " + fault.getClass().getSimpleName()),
                        "The log of the proxy says more.");
            }
            tell(then, answer, failure);
        });
    }

    private <T> void tell(Done<T> then, @Nullable T made, @Nullable NetFailure missing) {
        if (!told) {
            told = true;
            then.with(made, missing);
        }
    }

    private static NetFailure failed(String message, String hint) {
        return new NetFailure(NetFailure.Kind.FAILED, message, hint);
    }

    /**
     * Makes everything that the ruling's rules ask for, and looks at everything once more; at once where they ask for nothing.
     *
     * @param agreed how many people have approved because a net is not there
     * @param once tells this run from others of the same code
     */
    static void cast(
            SessionContext context,
            Ruling.Grantable ruling,
            int agreed,
            HoldCode code,
            String once,
            Done<List<KeptNet>> then) {
        SafetyTerms terms = ruling.coverage().safety();
        if (terms.isEmpty()) {
            then.with(List.of(), null);
            return;
        }
        String rule = ruling.verdict().rule();
        SafetyNets nets = context.services().safety().nets();
        Work<List<KeptNet>> work = () -> {
            List<KeptNet> made = nets.cast(terms, rule, agreed, code, once);
            record(context, code, made);
            return made;
        };
        of(context, "making the safety nets", work, (made, missing) -> {
            if (missing != null) {
                missing(context, code.value(), rule, missing);
                then.with(null, missing);
            } else {
                // What was made is on record before anything runs.
                context.services().audit().onRecord(() -> context.loop().execute(() -> then.with(made, null)));
            }
        });
    }

    /** On the worker: what was made late, for a batch that is gone, is there all the same. */
    private static void record(SessionContext context, HoldCode code, List<KeptNet> made) throws NetFailure {
        for (KeptNet net : made) {
            log.info("hold {}: {}", code, net.told());
            if (net instanceof RestorePoint point
                    && !context.records()
                            .append(new SafetyEvent.RestorePointMade(
                                    context.services().clock().instant(),
                                    code.value(),
                                    context.info().code(),
                                    point.name(),
                                    point.lsn(),
                                    point.at()))) {
                throw failed("its restore point could not be recorded", "The audit cannot be written.");
            }
        }
    }

    static void missing(SessionContext context, @Nullable String code, String rule, NetFailure missing) {
        context.records()
                .append(new SafetyEvent.NetMissing(
                        context.services().clock().instant(),
                        code,
                        context.info().code(),
                        rule,
                        missing.told()));
    }

    /** A token may run several batches. */
    static String once() {
        return HoldCode.random().value().substring(0, 4).toLowerCase(Locale.ROOT);
    }
}
