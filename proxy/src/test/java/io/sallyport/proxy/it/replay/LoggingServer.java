package io.sallyport.proxy.it.replay;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A server that writes all its logs at once; its roles differ in what of theirs is logged. */
final class LoggingServer implements AutoCloseable {
    private static final String SETTINGS = """

            logging_collector = on
            log_destination = 'stderr,csvlog,jsonlog'
            log_directory = 'log'
            log_filename = 'pg.log'
            log_line_prefix = '%m [%p] %q%u@%d/%a '
            log_timezone = 'Europe/Berlin'
            log_file_mode = 0644
            fsync = off
            """;

    private final EmbeddedPostgres postgres;
    private final Path data;

    private LoggingServer(EmbeddedPostgres postgres, Path data) {
        this.postgres = postgres;
        this.data = data;
    }

    static LoggingServer start(EmbeddedPostgres.Builder builder, Path data) throws IOException, SQLException {
        builder.setDataDirectory(data).setDataDirectoryCustomizer(LoggingServer::configure);
        LoggingServer server = new LoggingServer(builder.start(), data);
        try (Connection connection = server.connect("postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE alice SUPERUSER LOGIN; ALTER ROLE alice SET log_statement = 'all';"
                    + "CREATE ROLE bob SUPERUSER LOGIN; ALTER ROLE bob SET log_min_duration_statement = 0;"
                    + "CREATE ROLE carol SUPERUSER LOGIN; ALTER ROLE carol SET log_min_duration_statement = 0;"
                    + "ALTER ROLE carol SET log_statement = 'ddl'");
        }
        return server;
    }

    private static void configure(File folder) {
        try {
            Files.writeString(folder.toPath().resolve("postgresql.conf"), SETTINGS, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Connection connect(String user, String parameters) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=" + user + parameters);
    }

    Path log(String ending) {
        return data.resolve("log").resolve("pg." + ending);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
