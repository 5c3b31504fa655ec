package io.sallyport.proxy.auth;

import io.sallyport.protocol.SqlState;
import io.sallyport.proxy.config.AuthSettings;
import io.sallyport.proxy.config.ProxyConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves a role by its password: logs in to the server with it, and leaves at once. Nothing of it is kept. */
public final class PasswordLogin implements PasswordProof {
    private static final Logger log = LoggerFactory.getLogger(PasswordLogin.class);
    /** The driver's own, of a server that asks in another way than is required; those of sockets are others. */
    private static final String METHOD_REFUSED = "08004";

    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_PASSWORD = 1_000;

    private final UpstreamJdbc upstream;
    private final String database;
    private final AuthSettings auth;

    public PasswordLogin(ProxyConfig config) {
        this.auth = config.auth();
        this.upstream = new UpstreamJdbc(config.upstream(), config.tls().upstream());
        this.database = config.page().database();
    }

    @Override
    public Set<String> prove(String role, String password) throws ProofRefused {
        if (!plausible(role) || password.isEmpty() || password.length() > LONGEST_PASSWORD) {
            throw ProofRefused.wrongPassword(null);
        }
        try (Connection connection = DriverManager.getConnection(upstream.url(), properties(role, password))) {
            requireSame(role, connection);
            return memberships(connection);
        } catch (SQLException failed) {
            throw refusal(role, failed);
        } catch (IOException unreadable) {
            throw new ProofRefused(LoginFailure.SERVER, String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    private Properties properties(String role, String password) throws IOException {
        Properties properties = upstream.properties(role, database);
        properties.setProperty("ApplicationName", "sallyport sign-in");
        properties.setProperty("password", password);
        properties.setProperty("loginTimeout", UpstreamJdbc.seconds(UpstreamJdbc.TIMEOUT));
        // A server that asks for no password (`trust`, a certificate of the proxy's own) would let anybody be anybody.
        properties.setProperty(
                "requireAuth", upstream.mayTellPassword(auth) ? "scram-sha-256,md5,password" : "scram-sha-256,md5");
        return properties;
    }

    /** Two spellings of one role would be two persons. */
    private static void requireSame(String role, Connection connection) throws SQLException, ProofRefused {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT session_user::text")) {
            if (!row.next() || !role.equals(row.getString(1))) {
                throw ProofRefused.wrongPassword(null);
            }
        }
    }

    private static Set<String> memberships(Connection connection) throws SQLException {
        Set<String> roles = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(MembershipQuery.SQL)) {
            while (rows.next()) {
                roles.add(MembershipQuery.name(rows.getString(1)));
            }
        }
        return roles;
    }

    private static boolean plausible(String role) {
        return !role.isEmpty()
                && role.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
                && role.chars().noneMatch(Character::isISOControl);
    }

    private static ProofRefused refusal(String role, SQLException failed) {
        String state = String.valueOf(failed.getSQLState());
        if (state.equals(SqlState.INVALID_PASSWORD)) {
            return ProofRefused.wrongPassword(failed);
        }
        // The driver's messages name roles and hosts, never passwords.
        log.warn("sign-in of role {} failed at the server: {} {}", role, state, failed.getMessage());
        return state.startsWith("28") || state.equals(METHOD_REFUSED)
                ? ProofRefused.wrongPassword(failed)
                : new ProofRefused(
                        LoginFailure.SERVER, "the server could not be asked (" + state + "): the log says why", failed);
    }
}
