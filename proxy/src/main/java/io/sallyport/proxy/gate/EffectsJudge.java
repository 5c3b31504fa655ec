package io.sallyport.proxy.gate;

import io.sallyport.policies.Policy;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Terms;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.effects.EffectRules;
import io.sallyport.policies.effects.Effects;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Subject;
import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.impact.EffectsText;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rules on what a transaction really did, before it is committed. */
public final class EffectsJudge {
    private static final Logger log = LoggerFactory.getLogger(EffectsJudge.class);

    private final Supplier<Policy> policy;
    private final Clock clock;

    EffectsJudge(Supplier<Policy> policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /** Whether anybody's transactions are looked at; they are, where that cannot be told. */
    public boolean exist() {
        try {
            return policy.get().effects().gate() != null;
        } catch (RuntimeException fault) {
            return true;
        }
    }

    /** Whether this session's transactions are looked at; they are, where that cannot be told. */
    public boolean gates(Subject subject) {
        try {
            EffectRules rules = policy.get().effects();
            return rules.gate() != null && rules.gates(new Circumstances(subject, clock.instant(), 1));
        } catch (RuntimeException fault) {
            log.error("whose effects are looked at cannot be told: these are", fault);
            return true;
        }
    }

    /** What stands against committing. */
    public record Objection(Verdict verdict, Ruling ruling) {}

    /**
     * Judges what a batch, or the transaction that it ends, has done.
     *
     * @return null where nothing stands against it; an objection that denies when anything goes wrong
     */
    public @Nullable Objection objection(Batch batch, BatchReading reading, Effects effects, Subject subject) {
        try {
            Policy current = policy.get();
            Verdict verdict = current.effects().decide(effects, new Circumstances(subject, clock.instant(), 1));
            if (verdict.decision() == Decision.ALLOW) {
                return null;
            }
            HeldWork work = work(batch, reading, effects);
            if (current.observes()) {
                return new Objection(
                        verdict, new Ruling.Allow(new Permit(batch, 0), new Ruling.Observed(verdict, work)));
            }
            return new Objection(verdict, ruling(batch, reading, verdict, work));
        } catch (RuntimeException | StackOverflowError fault) {
            log.error("judging what was done failed; it is rolled back", fault);
            Verdict denied = new Verdict(Decision.DENY, "fault", Terms.NONE);
            return new Objection(denied, new Ruling.Deny(new Permit(batch, 0), 0, Denial.fault(fault)));
        }
    }

    private static Ruling ruling(Batch batch, BatchReading reading, Verdict verdict, HeldWork work) {
        if (verdict.decision() != Decision.HOLD) {
            return new Ruling.Deny(new Permit(batch, 0), 0, rolledBack(verdict, work.summaries()));
        }
        Coverage none = new Coverage(
                List.of(),
                verdict.terms().approval(),
                verdict.terms().safety(),
                true,
                false,
                "what it did is agreed to, not its text alone");
        return new Ruling.Hold(0, verdict, work, List.of(), BatchPrint.of(batch, reading), none);
    }

    /** It was done, and taken back. */
    public static Denial rolledBack(Verdict verdict, List<String> done) {
        return new Denial(
                SqlState.INSUFFICIENT_PRIVILEGE,
                "rolled back by Sallyport: rule \"" + verdict.rule() + "\" stands against what it did",
                String.join("\n", done),
                verdict.message() != null ? verdict.message() : "Nothing of it was committed.",
                verdict.rule());
    }

    private static HeldWork work(Batch batch, BatchReading reading, Effects effects) {
        HeldWork work = HeldWork.of(batch, reading, List.of());
        return new HeldWork(
                work.texts(),
                work.parameters(),
                EffectsText.lines(effects).stream()
                        .map(line -> "it did: " + line)
                        .toList(),
                work.sums(),
                work.kinds(),
                work.readable());
    }
}
