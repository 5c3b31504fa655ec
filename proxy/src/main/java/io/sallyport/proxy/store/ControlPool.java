package io.sallyport.proxy.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.proxy.config.ControlSettings;
import io.sallyport.proxy.config.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** Connections to the control database; none is needed to begin with. */
final class ControlPool {
    static final String SCHEMA = "sallyport";

    private static final int CONNECTIONS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Whoever waits for a row longer than this is refused. */
    private static final String SOCKET_TIMEOUT_SECONDS = "10";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private ControlPool() {}

    /** @throws IOException where the file of the password cannot be read, or the directory cannot be made */
    static HikariDataSource of(ControlSettings settings) throws IOException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("control");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setValidationTimeout(PATIENCE.toMillis() - 500);
        config.setInitializationFailTimeout(-1);
        if (settings.shared()) {
            postgres(config, settings);
        } else {
            h2(config, settings);
        }
        return new HikariDataSource(config);
    }

    private static void postgres(HikariConfig config, ControlSettings settings) throws IOException {
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        if (settings.passwordFile() != null) {
            config.setPassword(new String(SmallFile.read(settings.passwordFile()), StandardCharsets.UTF_8).strip());
        }
        config.addDataSourceProperty("ApplicationName", "sallyport control");
        config.addDataSourceProperty("connectTimeout", String.valueOf(PATIENCE.toSeconds()));
        config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // Nothing that somebody else may create stands in front of our tables.
        config.addDataSourceProperty("options", "-c search_path=" + SCHEMA + ",pg_temp");
    }

    private static void h2(HikariConfig config, ControlSettings settings) throws IOException {
        Path file = settings.file();
        Path directory = file == null ? null : file.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            // Statements that are held are nobody else's to read.
            ownDirectory(directory);
        }
        String place = file == null ? "jdbc:h2:mem:" + UUID.randomUUID() : "jdbc:h2:file:" + file.toAbsolutePath();
        config.setDriverClassName("org.h2.Driver");
        config.setJdbcUrl(place + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
                // Durable at each commit; it ends with the pool, not with the JVM's own hook, which runs beside ours.
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;TRACE_LEVEL_FILE=0");
        config.setUsername("sallyport");
        config.setConnectionInitSql("CREATE SCHEMA IF NOT EXISTS " + SCHEMA + "; SET SCHEMA " + SCHEMA);
    }

    private static void ownDirectory(Path directory) throws IOException {
        try {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileSystemException cannot) {
            throw new IOException("control.url: the directory " + directory + " cannot be made: " + cannot, cannot);
        }
    }

    /** The innermost message, on one line. */
    static String cause(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
    }

    /** Whether the database itself is not there, as opposed to something that it refuses. */
    static boolean away(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException refused && refused.getSQLState() != null) {
                // Connection exception, out of resources, operator intervention; 90: H2 is closed, or its file is gone.
                return refused.getSQLState().matches("(08|53|57|90).*");
            }
        }
        return false;
    }
}
