package io.sallyport.proxy.session;

import io.sallyport.policies.decision.SafetyNet;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.hold.HoldCode;
import org.jspecify.annotations.Nullable;

/**
 * That the rows are kept which a released batch touches.
 *
 * @param once tells this run from others of the same code; empty where there is one only
 * @param most rows that it may touch; null for as many as are kept at all
 */
record Keep(
        HoldCode code, String once, String rule, @Nullable Long most) {
    /** Null where the ruling's rules do not ask for it. */
    static @Nullable Keep of(Ruling.Grantable ruling, HoldCode code, String once, @Nullable Long most) {
        return ruling.coverage().safety().asks(SafetyNet.KEEP_ROWS)
                ? new Keep(code, once, ruling.verdict().rule(), most)
                : null;
    }
}
