package io.sallyport.proxy.auth;

import io.sallyport.proxy.config.AuthSettings;
import io.sallyport.proxy.config.HostAndPort;
import io.sallyport.proxy.config.SmallFile;
import io.sallyport.proxy.config.UpstreamTlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Connections to the server as {@code auth.query_user}. */
final class QueryRole {
    private final AuthSettings settings;
    private final UpstreamJdbc upstream;

    QueryRole(AuthSettings settings, HostAndPort upstream, UpstreamTlsSettings tls) {
        this.settings = settings;
        this.upstream = new UpstreamJdbc(upstream, tls);
    }

    /** @throws IOException when a file of the settings cannot be read */
    Connection connect(String applicationName) throws SQLException, IOException {
        Properties properties = upstream.properties(settings.queryUser(), settings.queryDatabase());
        Path file = settings.queryPasswordFile();
        if (file != null) {
            properties.setProperty("password", password(file));
        }
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("loginTimeout", UpstreamJdbc.TIMEOUT_SECONDS);
        if (!upstream.mayTellPassword(settings)) {
            properties.setProperty("requireAuth", "!password");
        }
        return DriverManager.getConnection(upstream.url(), properties);
    }

    private static String password(Path file) throws IOException {
        try {
            return new String(SmallFile.read(file), StandardCharsets.UTF_8).strip();
        } catch (IOException why) {
            throw new IOException("auth.query_password_file: " + file + " " + why.getMessage(), why);
        }
    }
}
