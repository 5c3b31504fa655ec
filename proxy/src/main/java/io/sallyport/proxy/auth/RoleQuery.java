package io.sallyport.proxy.auth;

import io.sallyport.proxy.config.ProxyConfig;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks as {@code auth.query_user}, of catalogs that everybody may read. What a role is a member of is kept for a short
 * while; that there is none is not.
 */
public final class RoleQuery implements RoleLookup {
    static final Duration KEPT = Duration.ofSeconds(10);
    private static final int MOST_KEPT = 1_000;

    /** As text, so that no name is cut to 63 bytes; as hex of UTF-8 on the way back, as {@link MembershipQuery}. */
    private static final String SQL = """
            WITH RECURSIVE login(oid) AS (
              SELECT r.oid FROM pg_catalog.pg_roles AS r
              WHERE r.rolname::pg_catalog.text OPERATOR(pg_catalog.=) ?::pg_catalog.text AND r.rolcanlogin
                AND (r.rolvaliduntil IS NULL OR r.rolvaliduntil OPERATOR(pg_catalog.>) pg_catalog.now())),
            held(oid) AS (
              SELECT oid FROM login
              UNION
              SELECT m.roleid FROM pg_catalog.pg_auth_members AS m JOIN held ON m.member OPERATOR(pg_catalog.=) held.oid)
            SELECT login.oid::pg_catalog.int8,
              pg_catalog.encode(pg_catalog.convert_to(r.rolname::pg_catalog.text, 'UTF8'), 'hex')
            FROM login CROSS JOIN held JOIN pg_catalog.pg_roles AS r ON r.oid OPERATOR(pg_catalog.=) held.oid""";

    private final QueryRole asker;
    private final Clock clock;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    private record Kept(Known role, Instant until) {}

    private RoleQuery(QueryRole asker, Clock clock) {
        this.asker = asker;
        this.clock = clock;
    }

    /** Null where no role is named that could ask. */
    public static @Nullable RoleQuery of(ProxyConfig config, Clock clock) {
        return config.auth().queryUser().isEmpty()
                ? null
                : new RoleQuery(
                        new QueryRole(
                                config.auth(), config.upstream(), config.tls().upstream()),
                        clock);
    }

    @Override
    public @Nullable Known find(String role) throws LookupFailedException {
        Known known = known(role);
        if (known != null) {
            return known;
        }
        Known found = ask(role);
        keep(role, found);
        return found;
    }

    private synchronized @Nullable Known known(String role) {
        Kept entry = kept.get(role);
        return entry != null && entry.until().isAfter(clock.instant()) ? entry.role() : null;
    }

    private synchronized void keep(String role, @Nullable Known found) {
        kept.remove(role);
        if (found != null) {
            kept.put(role, new Kept(found, clock.instant().plus(KEPT)));
            if (kept.size() > MOST_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }

    private @Nullable Known ask(String role) throws LookupFailedException {
        try (Connection connection = asker.connect("sallyport roles");
                PreparedStatement query = connection.prepareStatement(SQL)) {
            query.setString(1, role);
            try (ResultSet rows = query.executeQuery()) {
                Long oid = null;
                Set<String> memberOf = new HashSet<>();
                while (rows.next()) {
                    oid = rows.getLong(1);
                    memberOf.add(MembershipQuery.name(rows.getString(2)));
                }
                return oid == null ? null : new Known(oid, memberOf);
            }
        } catch (SQLException failed) {
            // The driver's messages name roles and hosts, never passwords.
            throw new LookupFailedException("auth.query_user cannot ask for roles: " + failed.getMessage(), failed);
        } catch (IOException | IllegalArgumentException odd) {
            throw new LookupFailedException("auth.query_user cannot ask for roles: " + odd.getMessage(), odd);
        }
    }
}
