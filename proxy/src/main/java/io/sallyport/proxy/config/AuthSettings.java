package io.sallyport.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who proves a client's role, and with what.
 *
 * @param userlist roles and verifiers or passwords, as PgBouncer reads them
 * @param query asks the server for a role's verifier; its one parameter is the role
 * @param queryUser the role that asks; empty asks nobody
 * @param saltFile a secret, from which salts are made that no verifier has; null makes one up
 * @param scramIterations of those salts
 * @param allowCleartext whether the server may ask for a password that would cross a network unencrypted
 * @param failureDelay of the first failed login from an address; it doubles, up to 32 times that
 */
public record AuthSettings(
        Mode mode,
        @Nullable Path userlist,
        String query,
        String queryUser,
        @Nullable Path queryPasswordFile,
        String queryDatabase,
        @Nullable Path saltFile,
        int scramIterations,
        boolean allowCleartext,
        Duration failureDelay) {
    /** Who authenticates clients. */
    public enum Mode {
        /** The server; its messages are passed on. */
        RELAY,
        /** Sallyport, by SCRAM; then it logs in to the server as the same role. */
        TERMINATE,
        /** Sallyport, by the client's certificate alone. */
        CERTIFICATE
    }

    public static final String DEFAULT_QUERY = "SELECT rolname, rolpassword FROM pg_catalog.pg_authid"
            + " WHERE rolname OPERATOR(pg_catalog.=) $1 AND rolcanlogin"
            + " AND (rolvaliduntil IS NULL OR rolvaliduntil OPERATOR(pg_catalog.>) pg_catalog.now())";

    public static final AuthSettings DEFAULTS = new AuthSettings(
            Mode.RELAY, null, DEFAULT_QUERY, "", null, "postgres", null, 4096, false, Duration.ofMillis(250));
}
