package io.sallyport.proxy.safety;

import io.sallyport.policies.decision.DurationText;
import io.sallyport.policies.decision.SafetyNet;
import io.sallyport.policies.decision.SafetyTerms;
import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.store.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at ages, and makes what is to be there before a batch runs. Whatever goes wrong is a failure: the batch stays. */
public final class SafetyNets {
    private static final Logger log = LoggerFactory.getLogger(SafetyNets.class);

    /** Clocks differ by so much; a date further ahead is a mistake, and no fresh backup. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final SafetySettings settings;
    private final Map<SafetyNet, RecentReading> readings;
    private final RestorePoints points;
    private final NetStore store;
    private final ProxyMetrics metrics;
    private final Clock clock;

    SafetyNets(
            SafetySettings settings,
            Map<SafetyNet, RecentReading> readings,
            RestorePoints points,
            NetStore store,
            ProxyMetrics metrics,
            Clock clock) {
        this.settings = settings;
        this.readings = readings;
        this.points = points;
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** For all that is done for one batch. */
    public Duration timeout() {
        return settings.timeout();
    }

    /** Why the configuration cannot do what the rule asks for; null where it can. Does not block. */
    public @Nullable NetFailure unable(SafetyTerms terms, String rule) {
        for (SafetyNet net : terms.nets().keySet()) {
            String missing = Abilities.missing(net, settings);
            if (missing != null) {
                metrics.safetyNet(net.label(), "unable");
                return new NetFailure(
                        NetFailure.Kind.UNABLE,
                        "rule \"" + rule + "\" wants the safety net " + net.label()
                                + ", and Sallyport is not set up for it",
                        "Nobody can approve it until whoever runs Sallyport sets " + missing + ".");
            }
        }
        return null;
    }

    /**
     * Looks at everything that has an age. Blocks.
     *
     * @return what an approver should know of each net, those that are made later too
     */
    public List<String> check(SafetyTerms terms, String rule) throws NetFailure {
        NetFailure unable = unable(terms, rule);
        if (unable != null) {
            throw unable;
        }
        List<String> lines = new ArrayList<>();
        for (Map.Entry<SafetyNet, Duration> asked : terms.nets().entrySet()) {
            if (asked.getKey().aged()) {
                lines.add(counted(asked.getKey(), () -> aged(asked.getKey(), asked.getValue(), rule)));
            } else {
                lines.addAll(new SafetyTerms(Map.of(asked.getKey(), asked.getValue())).described());
            }
        }
        return lines;
    }

    /**
     * Everything, just before what was agreed to runs. Blocks.
     *
     * @param once tells this run from others under the same code; empty where there is one only
     * @return what was made, and is kept
     */
    public List<KeptNet> cast(SafetyTerms terms, String rule, HoldCode code, String once) throws NetFailure {
        List<String> unused = check(terms, rule);
        List<KeptNet> made = new ArrayList<>();
        if (terms.asks(SafetyNet.RESTORE_POINT)) {
            made.add(counted(SafetyNet.RESTORE_POINT, () -> restorePoint(code, once)));
        }
        return made;
    }

    private interface Work<T> {
        T get() throws NetFailure;
    }

    private <T> T counted(SafetyNet net, Work<T> work) throws NetFailure {
        try {
            T done = work.get();
            metrics.safetyNet(net.label(), "ok");
            return done;
        } catch (NetFailure failure) {
            metrics.safetyNet(net.label(), failure.kind().name().toLowerCase(Locale.ROOT));
            throw failure;
        }
    }

    private String aged(SafetyNet net, Duration within, String rule) throws NetFailure {
        String wanted = "; rule \"" + rule + "\" wants one within " + DurationText.of(within);
        LastGood last = last(net, wanted);
        String what = "the last " + last.what() + " (" + last.source() + ")";
        Instant at = last.at();
        if (at == null) {
            throw notMet("there is no " + last.what() + " (" + last.source() + ")" + wanted);
        }
        Duration age = Duration.between(at, clock.instant());
        if (age.compareTo(SKEW.negated()) < 0) {
            throw notMet(what + " is dated " + Ages.moment(at) + ", which is in the future" + wanted);
        } else if (age.compareTo(within) > 0) {
            throw notMet(what + " is " + Ages.text(age) + " old" + wanted);
        }
        return last.what() + " of " + Ages.moment(at) + " (" + Ages.text(age) + " old; " + last.source() + "), at most "
                + DurationText.of(within);
    }

    private LastGood last(SafetyNet net, String wanted) throws NetFailure {
        RecentReading reading = readings.get(net);
        if (reading == null) {
            throw new IllegalStateException("nobody tells the age of " + net.label());
        }
        try {
            return reading.get();
        } catch (SourceFailure unknown) {
            Throwable cause = unknown.getCause();
            log.warn("{}: {} ({})", net.label(), unknown.told(), cause == null ? reading.name() : cause.getMessage());
            throw new NetFailure(
                    NetFailure.Kind.FAILED,
                    "how old the last one is cannot be told (" + reading.name() + "): " + unknown.told() + wanted,
                    "The log of the proxy says more.");
        }
    }

    private static NetFailure notMet(String message) {
        return new NetFailure(NetFailure.Kind.NOT_MET, message, "Once there is a newer one, send it again.");
    }

    /** Recovery stops at the first of a name: no two runs may have the same. At most 63 bytes (xlogfuncs.c, MAXFNAMELEN). */
    private RestorePoint restorePoint(HoldCode code, String once) throws NetFailure {
        String name = "sallyport_" + code.value().replace("-", "").toLowerCase(Locale.ROOT)
                + (once.isEmpty() ? "" : "_" + once);
        String lsn = points.make(name);
        RestorePoint made = new RestorePoint(name, lsn, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        try {
            store.keep(code, made);
        } catch (StoreUnavailable away) {
            log.warn("restore point {} at {} could not be written down: {}", name, lsn, away.getMessage());
            throw new NetFailure(
                    NetFailure.Kind.FAILED,
                    "its restore point could not be written down",
                    "The control database cannot be used; the log of the proxy says more.");
        }
        return made;
    }
}
