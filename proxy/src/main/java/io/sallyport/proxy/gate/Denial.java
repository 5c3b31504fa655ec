package io.sallyport.proxy.gate;

import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.ErrorResponse;
import org.jspecify.annotations.Nullable;

/**
 * Why a batch is refused: becomes the ErrorResponse that the client sees in place of the server's.
 *
 * @param rule the rule that decided, or a word for what else did
 */
public record Denial(
        String sqlState,
        String message,
        @Nullable String detail,
        @Nullable String hint,
        String rule) {

    /** The server's own words for it (tcop/postgres.c), so that clients see nothing unusual. */
    public static Denial inFailedTransaction() {
        return new Denial(
                SqlState.IN_FAILED_SQL_TRANSACTION,
                "current transaction is aborted, commands ignored until end of transaction block",
                null,
                null,
                "failed transaction");
    }

    /** Whether the server would have refused it too, in the same words. */
    public boolean isServersOwn() {
        return sqlState.equals(SqlState.IN_FAILED_SQL_TRANSACTION);
    }

    /** As the server says it to a CancelRequest: drivers know the words. */
    public static Denial cancelled(@Nullable String detail) {
        return new Denial(SqlState.QUERY_CANCELED, "canceling statement due to user request", detail, null, "cancel");
    }

    /** A fault of our own on the way to a ruling: a refusal, never an allow. */
    public static Denial fault(Throwable fault) {
        return new Denial(
                SqlState.INTERNAL_ERROR,
                "Sallyport could not judge this statement and refuses it",
                fault.getClass().getSimpleName(),
                "This is a fault of the proxy; its log says more. Nothing was sent to the server.",
                "fault");
    }

    /** What must be written down and cannot be is not run. */
    public static Denial unrecorded() {
        return new Denial(
                SqlState.INTERNAL_ERROR,
                "this statement has to be recorded, and the audit cannot be written",
                null,
                "Nothing was sent to the server.",
                "fault");
    }

    public ErrorResponse toErrorResponse() {
        return new ErrorResponse("ERROR", sqlState, message, detail, hint);
    }
}
