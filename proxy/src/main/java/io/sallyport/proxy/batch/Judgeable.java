package io.sallyport.proxy.batch;

import io.sallyport.protocol.ProtocolViolation;
import io.sallyport.protocol.SqlState;
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

        static Problem functionCall(long function) {
            return new Problem(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "FunctionCall of function " + function + " is not let through: what it runs cannot be judged",
                    "Call the function by SELECT.");
        }

        static Problem tooManyStatements() {
            return new Problem(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "too many prepared statements in this session",
                    "Deallocate some, or raise limits.prepared_statements.");
        }

        /** In the words of the server (commands/prepare.c, tcop/postgres.c). */
        static Problem unknownStatement(String name) {
            return new Problem(
                    SqlState.INVALID_SQL_STATEMENT_NAME,
                    name.isEmpty()
                            ? "unnamed prepared statement does not exist"
                            : "prepared statement \"" + name + "\" does not exist",
                    "Sallyport lets only statements run whose text it saw being prepared.");
        }

        static Problem executeApart() {
            return new Problem(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "a portal that runs SQL EXECUTE must be executed right behind its Bind",
                    "Bind the prepared statement itself, or send EXECUTE as a simple Query.");
        }

        static Problem unclearName() {
            return new Problem(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "names of prepared statements outside ASCII are let through only where client and server encoding"
                            + " are UTF8 and no change of that is in flight",
                    null);
        }
    }

    static Judgeable of(int index, int refuseAt, List<SqlText> texts) {
        return new Judgeable(index, refuseAt, texts, null);
    }

    static Judgeable refused(int index, Problem problem) {
        return new Judgeable(index, index, List.of(), problem);
    }
}
