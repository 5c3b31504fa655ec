package io.sallyport.proxy.auth;

import io.sallyport.proxy.config.AuthSettings;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.config.SmallFile;
import io.sallyport.proxy.config.UpstreamTlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Connections to the server as a role of Sallyport's own: {@code auth.query_user}, or the service role of safety nets. */
public final class QueryRole {
    /**
     * @param passwordSetting names the file, in errors
     * @param timeout of connecting, and of each answer; whole seconds count
     */
    private record Own(
            String user, String database, @Nullable Path passwordFile, String passwordSetting, Duration timeout) {}

    private final Own own;
    private final AuthSettings settings;
    private final UpstreamJdbc upstream;

    QueryRole(AuthSettings settings, HostAndPort upstream, UpstreamTlsSettings tls) {
        this(
                new Own(
                        settings.queryUser(),
                        settings.queryDatabase(),
                        settings.queryPasswordFile(),
                        "auth.query_password_file",
                        UpstreamJdbc.TIMEOUT),
                settings,
                new UpstreamJdbc(upstream, tls));
    }

    private QueryRole(Own own, AuthSettings settings, UpstreamJdbc upstream) {
        this.own = own;
        this.settings = settings;
        this.upstream = upstream;
    }

    /** The service role of safety nets; null where there is none. */
    public static @Nullable QueryRole ofSafety(ProxyConfig config) {
        SafetySettings safety = config.safety();
        return safety.user().isEmpty()
                ? null
                : new QueryRole(
                        new Own(
                                safety.user(),
                                safety.database(),
                                safety.passwordFile(),
                                "safety.password_file",
                                safety.timeout()),
                        config.auth(),
                        new UpstreamJdbc(config.upstream(), config.tls().upstream()));
    }

    /** @throws IOException when a file of the settings cannot be read */
    public Connection connect(String applicationName) throws SQLException, IOException {
        return connect(applicationName, own.database(), own.timeout());
    }

    /**
     * Into another database than the configured one.
     *
     * @param patience for each answer; connecting has the configured time
     * @throws IOException when a file of the settings cannot be read
     */
    public Connection connect(String applicationName, String database, Duration patience)
            throws SQLException, IOException {
        Properties properties = upstream.properties(own.user(), database, own.timeout());
        properties.setProperty("socketTimeout", UpstreamJdbc.seconds(patience));
        Path file = own.passwordFile();
        if (file != null) {
            properties.setProperty("password", password(file));
        }
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("loginTimeout", UpstreamJdbc.seconds(own.timeout()));
        if (!upstream.mayTellPassword(settings)) {
            properties.setProperty("requireAuth", "!password");
        }
        return DriverManager.getConnection(upstream.url(), properties);
    }

    private String password(Path file) throws IOException {
        try {
            return new String(SmallFile.read(file), StandardCharsets.UTF_8).strip();
        } catch (IOException why) {
            throw new IOException(own.passwordSetting() + ": " + file + " " + why.getMessage(), why);
        }
    }
}
