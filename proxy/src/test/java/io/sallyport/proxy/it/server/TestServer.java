package io.sallyport.proxy.it.server;

import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A real PostgreSQL for integration tests: one shared by the whole JVM, or one of a test's own to stop. */
public final class TestServer implements AutoCloseable {
    public static final String PASSWORD = "open sesame, É";

    /** The role's name says how pg_hba.conf lets it in. */
    private static final String PG_HBA = """
            host all by_scram     127.0.0.1/32 scram-sha-256
            host all by_md5       127.0.0.1/32 md5
            host all by_cleartext 127.0.0.1/32 password
            host all by_nothing   127.0.0.1/32 reject
            hostnossl all by_tls  127.0.0.1/32 reject
            host all all          127.0.0.1/32 trust
            host replication all  127.0.0.1/32 trust
            local all all trust
            """;

    private static final String ROLES = """
            CREATE ROLE alice LOGIN; CREATE ROLE bob LOGIN; CREATE ROLE carol LOGIN; CREATE ROLE app LOGIN;
            SET password_encryption = 'scram-sha-256';
            CREATE ROLE by_scram LOGIN PASSWORD '%1$s'; CREATE ROLE by_cleartext LOGIN PASSWORD '%1$s';
            CREATE ROLE by_nothing LOGIN; CREATE ROLE by_tls LOGIN;
            SET password_encryption = 'md5';
            CREATE ROLE by_md5 LOGIN PASSWORD '%1$s';
            """.formatted(PASSWORD);

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final EmbeddedPostgres postgres;

    private TestServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
        // Fresh databases are copies of template1, so everyone may create tables in them.
        run("template1", "GRANT ALL ON SCHEMA public TO PUBLIC");
        run("postgres", ROLES);
    }

    private static final class Shared {
        static final TestServer INSTANCE = start();
    }

    /** The JVM's own server; zonky stops it in its shutdown hook. */
    public static TestServer shared() {
        return Shared.INSTANCE;
    }

    /** A server of the test's own. */
    public static TestServer start() {
        return start(EmbeddedPostgres.builder());
    }

    /** A server of another version than the one on the class path. */
    public static TestServer start(PgBinaryResolver binaries) {
        return start(EmbeddedPostgres.builder().setPgBinaryResolver(binaries));
    }

    /** A server that speaks TLS; with a CA it asks everybody for a certificate of it. */
    public static TestServer startWithTls(String certificate, String key, String clientCa) {
        return startWithTls(EmbeddedPostgres.builder(), certificate, key, clientCa);
    }

    /** Of another version, and for clients without certificates. */
    public static TestServer startWithTls(PgBinaryResolver binaries, String certificate, String key) {
        return startWithTls(EmbeddedPostgres.builder().setPgBinaryResolver(binaries), certificate, key, "");
    }

    private static TestServer startWithTls(
            EmbeddedPostgres.Builder builder, String certificate, String key, String clientCa) {
        builder.setServerConfig("ssl", "on");
        if (!clientCa.isEmpty()) {
            builder.setServerConfig("ssl_ca_file", "ca.crt");
        }
        String rules =
                clientCa.isEmpty() ? PG_HBA : "hostssl all alice 127.0.0.1/32 trust clientcert=verify-ca\n" + PG_HBA;
        return start(builder, folder -> {
            write(folder, "pg_hba.conf", rules);
            write(folder, "server.crt", certificate);
            write(folder, "server.key", key);
            write(folder, "ca.crt", clientCa);
        });
    }

    /** A server that writes all that it is told to the file {@code log/pg.log} in this folder. */
    public static TestServer startLogging(Path data) {
        return start(EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_directory", "log")
                .setServerConfig("log_filename", "pg.log")
                .setServerConfig("log_statement", "all")
                .setServerConfig("log_min_duration_statement", "0")
                .setServerConfig("log_connections", "on")
                .setServerConfig("log_file_mode", "0644"));
    }

    private static TestServer start(EmbeddedPostgres.Builder builder) {
        return start(builder, folder -> write(folder, "pg_hba.conf", PG_HBA));
    }

    private static TestServer start(EmbeddedPostgres.Builder builder, Consumer<File> customizer) {
        try {
            return new TestServer(builder.setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("wal_level", "logical")
                    .setServerConfig("timezone", "UTC")
                    .setDataDirectoryCustomizer(customizer)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("embedded PostgreSQL does not start", e);
        }
    }

    private static void write(File folder, String name, String text) {
        try {
            Path file = Files.writeString(folder.toPath().resolve(name), text, StandardCharsets.UTF_8);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return postgres.getPort();
    }

    /** An empty database with a name of its own. */
    public String freshDatabase() {
        String name = "it_" + DATABASES.incrementAndGet();
        run("postgres", "CREATE DATABASE " + name);
        return name;
    }

    /** Runs SQL as the superuser, past any proxy; an error is a failure. */
    public List<ServerMessage> run(String database, String sql) {
        try (WireClient client = WireClient.login(port(), "postgres", database)) {
            List<ServerMessage> answer = client.query(sql);
            answer.stream().filter(message -> message.type() == 'E').findFirst().ifPresent(error -> {
                throw new AssertionError(error.field('M') + " in: " + sql);
            });
            return answer;
        }
    }

    /** What the server itself holds true: rows as lines, columns separated by commas, NULL empty. */
    public String ask(String database, String sql) {
        return Rows.of(run(database, sql)).stream()
                .map(row -> String.join(",", row))
                .collect(Collectors.joining("\n"));
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
