package io.sallyport.policies.decision;

import java.time.Duration;

/**
 * A net that is not there asks for more people, where others refuse.
 *
 * @param net one that has an age
 * @param age beyond which it is not there
 * @param quorum how many people have to approve then
 */
public record Escalation(SafetyNet net, Duration age, int quorum) {
    String described() {
        String what = switch (net) {
            case BACKUP_WITHIN -> "no good backup";
            case RESTORE_TESTED_WITHIN -> "no restore that was tested";
            case RESTORE_POINT, KEEP_ROWS -> throw new IllegalStateException(net.label() + " has no age");
        };
        return "needs " + quorum + " people where there is " + what + " within " + DurationText.of(age);
    }
}
