package io.sallyport.proxy.auth;

import io.sallyport.proxy.config.AuthSettings;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.Loopback;
import io.sallyport.proxy.config.SmallFile;
import io.sallyport.proxy.config.UpstreamTlsSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.ssl.DefaultJavaSSLFactory;
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
    private static final String TIMEOUT_SECONDS = "5";

    private final AuthSettings settings;
    private final UpstreamTlsSettings tls;
    private final String host;
    private final String url;
    private final Clock clock;
    private final Map<String, Kept> known = new LinkedHashMap<>();
    /** Apart, so that names that somebody makes up push out no roles. */
    private final Map<String, Kept> strangers = new LinkedHashMap<>();

    private record Kept(@Nullable Credential credential, Instant until) {}

    AuthQuery(AuthSettings settings, HostAndPort upstream, UpstreamTlsSettings tls, Clock clock) {
        this.settings = settings;
        this.tls = tls;
        this.host = upstream.host();
        String address = upstream.host().contains(":") ? "[" + upstream.host() + "]" : upstream.host();
        this.url = "jdbc:postgresql://" + address + ":" + upstream.port() + "/";
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
        try (Connection connection = DriverManager.getConnection(url, properties());
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

    private Properties properties() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.queryUser());
        Path file = settings.queryPasswordFile();
        if (file != null) {
            properties.setProperty("password", password(file));
        }
        properties.setProperty("PGDBNAME", settings.queryDatabase());
        properties.setProperty("ApplicationName", "sallyport auth.query");
        properties.setProperty("connectTimeout", TIMEOUT_SECONDS);
        properties.setProperty("loginTimeout", TIMEOUT_SECONDS);
        properties.setProperty("socketTimeout", TIMEOUT_SECONDS);
        if (!mayTellPassword()) {
            properties.setProperty("requireAuth", "!password");
        }
        encrypt(properties);
        // Nothing that somebody else may create stands in front of the catalog.
        properties.setProperty("options", "-c search_path=pg_catalog,pg_temp");
        return properties;
    }

    /** Whoever answers in the server's place needs only ask; other methods tell no password. */
    private boolean mayTellPassword() {
        return tls.mode().verifies() || Loopback.is(host) || settings.allowCleartext();
    }

    private static String password(Path file) throws IOException {
        try {
            return new String(SmallFile.read(file), StandardCharsets.UTF_8).strip();
        } catch (IOException why) {
            throw new IOException("auth.query_password_file: " + file + " " + why.getMessage(), why);
        }
    }

    private static String algorithm(Path certificate) throws IOException {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(SmallFile.read(certificate)))
                    .getPublicKey()
                    .getAlgorithm();
        } catch (CertificateException broken) {
            throw new IOException("upstream_tls.certificate: " + certificate + " holds no certificate", broken);
        }
    }

    /** As the sessions' own connections: an answer of somebody in between would be a key to every role. */
    private void encrypt(Properties properties) throws IOException {
        properties.setProperty("sslmode", tls.mode().sslmode());
        properties.setProperty("sslNegotiation", tls.negotiation().name().toLowerCase(Locale.ROOT));
        if (tls.ca() != null) {
            properties.setProperty("sslrootcert", tls.ca().toString());
        } else if (tls.mode().verifies()) {
            properties.setProperty("sslfactory", DefaultJavaSSLFactory.class.getName());
        }
        if (tls.certificate() != null && tls.key() != null) {
            properties.setProperty("pemKeyAlgorithm", algorithm(tls.certificate()));
            properties.setProperty("sslcert", tls.certificate().toString());
            properties.setProperty("sslkey", tls.key().toString());
        }
    }
}
