package io.sallyport.proxy.auth;

import io.sallyport.proxy.config.AuthSettings;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.UpstreamTlsSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server for verifiers, as a role of Sallyport's own. The answer is kept for a few seconds; that there is none too, so that time does not
 * tell known roles from unknown ones.
 */
final class AuthQuery implements CredentialSource {
    private static final Logger log = LoggerFactory.getLogger(AuthQuery.class);
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final int MOST_KEPT = 1_000;

    private final AuthSettings settings;
    private final QueryRole asker;
    private final Clock clock;
    private final Map<String, Kept> known = new LinkedHashMap<>();
    /** Apart, so that names that somebody makes up push out no roles. */
    private final Map<String, Kept> strangers = new LinkedHashMap<>();

    private record Kept(@Nullable Credential credential, Instant until) {}

    AuthQuery(AuthSettings settings, HostAndPort upstream, UpstreamTlsSettings tls, Clock clock) {
        this.settings = settings;
        this.asker = new QueryRole(settings, upstream, tls);
        this.clock = clock;
    }

    @Override
    public @Nullable Credential find(String role) throws LookupFailedException {
        Kept known = known(role);
        if (known != null) {
            return known.credential();
        }
        Credential found = ask(role);
        keep(role, found);
        return found;
    }

    private synchronized @Nullable Kept known(String role) {
        Kept entry = known.containsKey(role) ? known.get(role) : strangers.get(role);
        return entry != null && entry.until().isAfter(clock.instant()) ? entry : null;
    }

    private synchronized void keep(String role, @Nullable Credential credential) {
        known.remove(role);
        strangers.remove(role);
        Map<String, Kept> kept = credential == null ? strangers : known;
        kept.put(role, new Kept(credential, clock.instant().plus(KEPT)));
        if (kept.size() > MOST_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    private @Nullable Credential ask(String role) throws LookupFailedException {
        try (Connection connection = asker.connect("sallyport auth.query");
                PreparedStatement query =
                        connection.prepareStatement(settings.query().replace("$1", "?"))) {
            query.setString(1, role);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() && role.equals(rows.getString(1)) ? credential(role, rows.getString(2)) : null;
            }
        } catch (SQLException e) {
            // The driver's messages name roles and hosts, never passwords.
            throw new LookupFailedException("auth.query failed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new LookupFailedException("auth.query: " + e.getMessage(), e);
        }
    }

    private static @Nullable Credential credential(String role, @Nullable String secret) {
        ScramVerifier verifier = secret == null ? null : ScramVerifier.parse(secret);
        if (verifier == null) {
            // To the client it is a wrong password, as it is with the server itself.
            log.warn("role {} has no SCRAM verifier (its password is unset, or stored as md5)", role);
            return null;
        }
        return Credential.verifier(verifier);
    }
}
