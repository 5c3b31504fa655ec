package io.sallyport.proxy.batch;

import io.sallyport.protocol.ProtocolViolation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place of a batch where the gate stands: a Query, a Bind, or a message that must be refused whatever policy says.
 *
 * @param index which message of the batch
 * @param refuseAt which message is replaced when it is refused: the first one of the statement in this batch
 * @param texts all that may run there
 * @param problem why it is refused without asking policy, or null
 */
public record Judgeable(
        int index,
        int refuseAt,
        List<SqlText> texts,
        @Nullable Problem problem) {
    /** A refusal that does not come from policy. */
    public record Problem(
            String sqlState, String message, @Nullable String hint) {
        static Problem of(ProtocolViolation violation) {
            return new Problem(violation.sqlState(), String.valueOf(violation.getMessage()), null);
        }
    }

    static Judgeable of(int index, int refuseAt, List<SqlText> texts) {
        return new Judgeable(index, refuseAt, texts, null);
    }

    static Judgeable refused(int index, Problem problem) {
        return new Judgeable(index, index, List.of(), problem);
    }
}
