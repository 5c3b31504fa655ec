package io.sallyport.proxy.session;

import io.sallyport.protocol.SqlState;
import io.sallyport.protocol.backend.ErrorResponse;
import io.sallyport.proxy.auth.ScramException;
import org.jspecify.annotations.Nullable;

/** The errors of our own that a login ends with. None tells a secret, nor whether a role exists. */
final class LoginErrors {
    private static final String PAGE = " See docs/authentication.md.";

    private LoginErrors() {}

    static ErrorResponse bindingRemoved() {
        return ErrorResponse.fatal(
                        SqlState.INVALID_AUTHORIZATION,
                        "SCRAM channel binding is not possible through Sallyport as it is set up")
                .withDetail("TLS ends at Sallyport, whose certificate is not the server's: the client would bind to one"
                        + " and the server check the other.")
                .withHint("Use channel_binding=disable, give Sallyport the server's certificate, or set"
                        + " auth.mode: terminate." + PAGE);
    }

    static ErrorResponse nothingOffered() {
        return ErrorResponse.fatal(
                        SqlState.INVALID_AUTHORIZATION, "the server offers only logins that cannot pass Sallyport")
                .withHint("Give Sallyport the server's certificate, or set auth.mode: terminate." + PAGE);
    }

    static ErrorResponse cleartext() {
        return ErrorResponse.fatal(
                        SqlState.INVALID_AUTHORIZATION,
                        "the server asks for a cleartext password, and this connection is not encrypted")
                .withDetail("The password would be readable on the network.")
                .withHint("Use scram-sha-256 in pg_hba.conf, or TLS to Sallyport; auth.allow_cleartext: true lets it"
                        + " through." + PAGE);
    }

    static ErrorResponse cleartextToServer() {
        return ErrorResponse.fatal(
                        SqlState.INVALID_AUTHORIZATION,
                        "the server asks for a cleartext password, and Sallyport has not verified that it is the server")
                .withDetail("Whoever answers in the server's place would be told the password.")
                .withHint("Use scram-sha-256 in pg_hba.conf, or upstream_tls.mode: verify-full;"
                        + " auth.allow_cleartext: true lets it through." + PAGE);
    }

    static ErrorResponse of(ScramException failure, String role) {
        String message = failure.sqlState().equals(SqlState.INVALID_PASSWORD)
                ? "password authentication failed for user \"" + role + "\""
                : String.valueOf(failure.getMessage());
        return ErrorResponse.fatal(failure.sqlState(), message).withDetail(failure.detail());
    }

    static ErrorResponse lookup() {
        return ErrorResponse.fatal(
                        SqlState.INVALID_AUTHORIZATION, "Sallyport cannot look up how roles authenticate now")
                .withDetail("Nobody is let in until it can; its log says why.");
    }

    static ErrorResponse certificateMissing() {
        return ErrorResponse.fatal(SqlState.INVALID_AUTHORIZATION, "connection requires a valid client certificate")
                .withHint("Connect with TLS and a client certificate (sslcert, sslkey)." + PAGE);
    }

    static ErrorResponse certificateOfAnother(String role) {
        return ErrorResponse.fatal(
                        SqlState.INVALID_AUTHORIZATION, "certificate authentication failed for user \"" + role + "\"")
                .withHint("The certificate must be for this role." + PAGE);
    }

    static ErrorResponse certificateNotFor(String role, @Nullable String subject) {
        return ErrorResponse.fatal(
                        SqlState.INVALID_AUTHORIZATION,
                        "the client certificate may not be used for role \"" + role + "\"")
                .withDetail("Its subject is " + subject + ".");
    }

    /** Between Sallyport and the server; the client did nothing wrong. */
    static ErrorResponse server(String role, String sqlState, String why) {
        return ErrorResponse.fatal(
                        sqlState.isEmpty() ? SqlState.INVALID_AUTHORIZATION : sqlState,
                        "Sallyport could not log in to the server as \"" + role + "\": " + why)
                .withHint("Who runs Sallyport finds the ways it can log in under \"The server's leg\" in"
                        + " docs/authentication.md.");
    }
}
