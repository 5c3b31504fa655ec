package io.sallyport.proxy.it.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The Vert.x client pipelines everything and caches prepared statements: the densest traffic there is. */
final class VertxIT {
    private static final Vertx VERTX = Vertx.vertx();
    private static final int MANY = 500;

    private final TestServer server = TestServer.shared();

    @AfterAll
    static void closeVertx() throws Exception {
        await(VERTX.close());
    }

    @Test
    void pipelined_queries_batches_and_notifications_pass() throws Exception {
        try (TestProxy proxy = TestProxy.start(server.port(), "built-in", Map.of("hold.expires", "1s"))) {
            PgConnection connection = await(PgConnection.connect(VERTX, options(proxy)));
            await(connection
                    .query("CREATE TABLE items (id int PRIMARY KEY, name text)")
                    .execute());
            List<Tuple> rows = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                rows.add(Tuple.of(i, "é;-- " + i));
            }
            await(connection.preparedQuery("INSERT INTO items VALUES ($1, $2)").executeBatch(rows));

            List<Future<RowSet<Row>>> answers = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                answers.add(connection
                        .preparedQuery("SELECT name FROM items WHERE id = $1")
                        .execute(Tuple.of(i)));
            }
            for (int i = 0; i < MANY; i++) {
                assertThat(await(answers.get(i)).iterator().next().getString(0)).isEqualTo("é;-- " + i);
            }

            Future<RowSet<Row>> broken = connection.query("SELECT 1/0").execute();
            Future<RowSet<Row>> behind = connection.query("SELECT 42").execute();
            assertThatThrownBy(() -> await(broken))
                    .isInstanceOfSatisfying(
                            PgException.class, e -> assertThat(e.getSqlState()).isEqualTo("22012"));
            assertThat(await(behind).iterator().next().getInteger(0)).isEqualTo(42);

            Future<RowSet<Row>> asleep = connection.query("SELECT pg_sleep(30)").execute();
            await(connection.cancelRequest());
            assertThatThrownBy(() -> await(asleep))
                    .isInstanceOfSatisfying(
                            PgException.class, e -> assertThat(e.getSqlState()).isEqualTo("57014"));

            await(connection.query("LISTEN news").execute());
            io.vertx.core.Promise<String> heard = io.vertx.core.Promise.promise();
            connection.notificationHandler(news -> heard.complete(news.getPayload()));
            await(connection.query("NOTIFY news, 'hello'").execute());
            assertThat(await(heard.future())).isEqualTo("hello");
            await(connection.close());
        }
    }

    private PgConnectOptions options(TestProxy proxy) {
        return new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(proxy.port())
                .setDatabase(server.freshDatabase())
                .setUser("by_scram")
                .setPassword(TestServer.PASSWORD)
                .setCachePreparedStatements(true)
                .setPipeliningLimit(64);
    }

    private static <T> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }
}
