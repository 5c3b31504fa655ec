package io.sallyport.proxy.session;

import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.proxy.config.HostAndPort;

/** The errors of our own that end a session. */
final class SessionErrors {
    private SessionErrors() {}

    /** @param whose the connections that are counted, as in "of role app", or nothing for all */
    static ErrorResponse tooMany(String whose, int limit, String setting) {
        return ErrorResponse.fatal(
                SqlState.TOO_MANY_CONNECTIONS,
                "too many connections" + whose + ": the limit is " + limit + " (" + setting + ")");
    }

    static ErrorResponse nameTooLong() {
        return ErrorResponse.fatal(
                SqlState.INVALID_PARAMETER_VALUE, "names of roles and databases of more than 63 bytes are refused");
    }

    static ErrorResponse nameNotText() {
        return ErrorResponse.fatal(
                SqlState.INVALID_PARAMETER_VALUE, "names of roles and databases that are not UTF-8 are refused");
    }

    static ErrorResponse queueFullWhileWaiting() {
        return ErrorResponse.fatal(
                        SqlState.PROGRAM_LIMIT_EXCEEDED,
                        "too much was sent behind a statement that waits (limits.queued_bytes)")
                .withDetail("It was withdrawn, and not run.");
    }

    static ErrorResponse cannotConnect(HostAndPort upstream, String why) {
        return ErrorResponse.fatal(
                SqlState.UNABLE_TO_CONNECT, "Sallyport cannot connect to the server at " + upstream + ": " + why);
    }

    static ErrorResponse lostTrack(String why) {
        return ErrorResponse.fatal(SqlState.PROTOCOL_VIOLATION, "Sallyport lost track of the server: " + why);
    }

    static ErrorResponse serverLostDuringHold() {
        return ErrorResponse.fatal(
                        SqlState.CONNECTION_FAILURE, "the server closed the connection while the statement was held")
                .withDetail("The held statement was not run.");
    }

    static ErrorResponse withinCopy() {
        return ErrorResponse.fatal(
                        SqlState.PROTOCOL_VIOLATION, "a message that is none of COPY came while COPY data is read")
                .withDetail("The COPY was rolled back.");
    }

    static ErrorResponse shutdown() {
        return ErrorResponse.fatal(
                SqlState.ADMIN_SHUTDOWN, "terminating connection because Sallyport is shutting down");
    }

    static ErrorResponse startupTimeout() {
        return ErrorResponse.fatal(SqlState.CONNECTION_EXCEPTION, "start-up took too long");
    }

    static ErrorResponse fault() {
        return ErrorResponse.fatal(SqlState.INTERNAL_ERROR, "Sallyport failed and closes this session");
    }
}
