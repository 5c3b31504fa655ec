package io.sallyport.proxy.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;

/** A PostgreSQL of its own on loopback, whose data lies in a folder that the caller removes. */
final class DemoServer implements AutoCloseable {
    // Every login needs a password, over loopback too: other users of this machine can reach the port.
    private static final String HBA = "host all all 127.0.0.1/32 scram-sha-256\n";
    private static final String HBA_WHILE_STARTING = "host all postgres 127.0.0.1/32 trust\n";

    private final EmbeddedPostgres postgres;
    private final String password = randomPassword();

    private DemoServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts on {@code port}, or on a free one when it is 0. */
    static DemoServer start(Path folder, int port) throws IOException, SQLException {
        requireFree(port);
        Path data = folder.resolve("data");
        Path hba = data.resolve("pg_hba.conf");
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(folder.resolve("postgres").toFile())
                .setCleanDataDirectory(true)
                .setRegisterShutdownHook(false)
                .setDataDirectoryCustomizer(directory -> write(hba, HBA_WHILE_STARTING))
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("password_encryption", "scram-sha-256");
        if (port != 0) {
            builder.setPort(port);
        }
        DemoServer server = new DemoServer(launch(builder));
        try {
            server.lock(hba);
            return server;
        } catch (SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static EmbeddedPostgres launch(EmbeddedPostgres.Builder builder) throws IOException {
        try {
            return builder.start();
        } catch (IllegalStateException e) {
            // PostgreSQL refuses root; the library then drops privileges by a user namespace, which containers may
            // forbid.
            throw new IOException(
                    "the embedded PostgreSQL does not start here: " + e.getMessage()
                            + "\nAs root it needs `unshare --user` to be allowed; otherwise run this as an ordinary user.",
                    e);
        }
    }

    /** A taken port would show only as a server that does not come up. */
    private static void requireFree(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (BindException e) {
            throw new IOException("port " + port + " is taken; choose another for PostgreSQL, or 0", e);
        }
    }

    private void lock(Path hba) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE postgres PASSWORD '" + password + "'");
            write(hba, HBA);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static String randomPassword() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", postgres.getPort());
    }

    /** A superuser's connection past the proxy: it prepares the shop, and afterwards it tells what is really there. */
    Connection superuser(String database) throws SQLException {
        return endpoint().connect("postgres", password, database, false);
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
