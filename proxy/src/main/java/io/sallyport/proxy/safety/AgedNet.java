package io.sallyport.proxy.safety;

import io.sallyport.policies.decision.DurationText;
import io.sallyport.policies.decision.Escalation;
import io.sallyport.policies.decision.SafetyNet;
import io.sallyport.policies.decision.SafetyTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What the age of a net means.
 *
 * @param line what an approver should know of it
 * @param quorum how many people have to approve because it is too old; 0 where it is not
 */
record AgedNet(String line, int quorum) {
    /** Clocks differ by so much; a date further ahead is a mistake, and no fresh backup. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    static AgedNet of(LastGood last, SafetyNet net, SafetyTerms terms, String rule, Instant now) throws NetFailure {
        Duration shortest = terms.shortest(net);
        Instant at = last.at();
        Duration age = at == null ? null : Duration.between(at, now);
        String what = "the last " + last.what() + " (" + last.source() + ")";
        if (at != null && age != null && age.compareTo(SKEW.negated()) < 0) {
            // A mistake, and nothing that more people could agree to.
            throw notMet(what + " is dated " + Ages.moment(at) + ", which is in the future" + wanted(rule, shortest));
        } else if (at != null && age != null && age.compareTo(shortest) <= 0) {
            return new AgedNet(
                    last.what() + " of " + Ages.moment(at) + " (" + Ages.text(age) + " old; " + last.source()
                            + "), at most " + DurationText.of(shortest),
                    0);
        }
        String state = age == null
                ? "there is no " + last.what() + " (" + last.source() + ")"
                : what + " is " + Ages.text(age) + " old";
        Duration most = terms.within(net);
        if (most != null && isOver(age, most)) {
            throw notMet(state + wanted(rule, most));
        }
        Escalation worst = terms.escalations(net).stream()
                .filter(escalation -> isOver(age, escalation.age()))
                .max(Comparator.comparingInt(Escalation::quorum))
                .orElseThrow();
        return new AgedNet(
                state + wanted(rule, worst.age()) + ", or " + worst.quorum() + " people to approve", worst.quorum());
    }

    /** What is not there is older than anything. */
    private static boolean isOver(@Nullable Duration age, Duration most) {
        return age == null || age.compareTo(most) > 0;
    }

    static String wanted(String rule, Duration within) {
        return "; rule \"" + rule + "\" wants one within " + DurationText.of(within);
    }

    private static NetFailure notMet(String message) {
        return new NetFailure(NetFailure.Kind.NOT_MET, message, "Once there is a newer one, send it again.");
    }
}
