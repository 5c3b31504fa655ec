package io.sallyport.proxy.it.driver;

import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.client.SSLMode;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** A driver, and the names that it gives to the ways of using TLS. */
enum SslDoor {
    PGJDBC("disable allow prefer require verify-ca verify-full direct") {
        @Override
        String enter(Attempt attempt) throws Exception {
            boolean direct = attempt.mode().equals("direct");
            Properties properties = new Properties();
            properties.setProperty("user", attempt.user());
            properties.setProperty("sslmode", direct ? "verify-full" : attempt.mode());
            properties.setProperty("sslNegotiation", direct ? "direct" : "postgres");
            properties.setProperty("sslrootcert", attempt.ca());
            String url = "jdbc:postgresql://" + attempt.host() + ":" + attempt.port() + "/postgres";
            try (Connection connection = DriverManager.getConnection(url, properties)) {
                return connection.isValid(PATIENCE_SECONDS) ? "in" : "broken";
            }
        }
    },
    VERTX("disable allow prefer require verify-ca verify-full") {
        @Override
        String enter(Attempt attempt) throws Exception {
            SslMode mode = SslMode.of(attempt.mode());
            ClientSSLOptions tls = new ClientSSLOptions();
            tls.setTrustOptions(new PemTrustOptions().addCertPath(attempt.ca()));
            tls.setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
            PgConnectOptions options = new PgConnectOptions()
                    .setHost(attempt.host())
                    .setPort(attempt.port())
                    .setUser(attempt.user())
                    .setDatabase("postgres")
                    .setSslMode(mode)
                    .setSslOptions(tls);
            Vertx vertx = Vertx.vertx();
            try {
                PgConnection connection = PgConnection.connect(vertx, options)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return connection.isSSL() ? "TLS" : "plain";
            } finally {
                vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
    },
    R2DBC("DISABLE ALLOW PREFER REQUIRE VERIFY_CA VERIFY_FULL TUNNEL") {
        @Override
        String enter(Attempt attempt) {
            PostgresqlConnectionFactory factory =
                    new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                            .host(attempt.host())
                            .port(attempt.port())
                            .username(attempt.user())
                            .database("postgres")
                            .sslMode(SSLMode.valueOf(attempt.mode()))
                            .sslRootCert(attempt.ca())
                            .build());
            return Mono.usingWhen(
                            factory.create(),
                            connection -> connection
                                    .createStatement("SELECT 'in'")
                                    .execute()
                                    .flatMap(result -> result.map((row, described) -> "in"))
                                    .next(),
                            io.r2dbc.postgresql.api.PostgresqlConnection::close)
                    .blockOptional(Duration.ofSeconds(PATIENCE_SECONDS))
                    .orElse("broken");
        }
    };

    private static final int PATIENCE_SECONDS = 20;

    private final String modes;

    SslDoor(String modes) {
        this.modes = modes;
    }

    List<String> modes() {
        return List.of(modes.split(" ", -1));
    }

    /** "in", or how where the driver tells. */
    abstract String enter(Attempt attempt) throws Exception;
}
