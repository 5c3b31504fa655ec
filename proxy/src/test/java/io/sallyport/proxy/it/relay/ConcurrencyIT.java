package io.sallyport.proxy.it.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Many sessions at once: each gets its own answers and nobody else's. */
final class ConcurrencyIT {
    private static final int SESSIONS = 32;
    private static final int STATEMENTS = 200;

    private final TestServer server = TestServer.shared();

    @Test
    void thirty_two_sessions_of_two_hundred_statements_get_their_own_answers() throws Exception {
        String database = server.freshDatabase();
        server.run(database, "CREATE TABLE t (session int, n int); GRANT ALL ON t TO PUBLIC");
        ExecutorService pool = Executors.newFixedThreadPool(SESSIONS);
        try (TestProxy proxy = TestProxy.start(server, "built-in")) {
            List<Future<?>> sessions = new ArrayList<>();
            for (int session = 0; session < SESSIONS; session++) {
                int id = session;
                sessions.add(pool.submit(() -> converse(proxy, database, id)));
            }
            for (Future<?> session : sessions) {
                session.get(120, TimeUnit.SECONDS);
            }
            Awaitility.await().until(() -> proxy.sessions() == 0);
        } finally {
            pool.shutdownNow();
        }
        assertThat(server.ask(database, "SELECT count(*), count(DISTINCT (session, n)) FROM t"))
                .isEqualTo(SESSIONS * STATEMENTS / 2 + "," + SESSIONS * STATEMENTS / 2);
    }

    private static void converse(TestProxy proxy, String database, int session) {
        try (WireClient client = proxy.login("app", database)) {
            for (int n = 0; n < STATEMENTS; n++) {
                String mine = session + "." + n;
                if (n % 2 == 0) {
                    assertThat(Rows.of(client.query("SELECT '" + mine + "'"))).containsExactly(List.of(mine));
                } else {
                    client.send(
                            Frontend.parse(
                                    "", "INSERT INTO t VALUES (" + session + ", $1) RETURNING '" + mine + "'", 23),
                            Frontend.bind("", "", String.valueOf(n)),
                            Frontend.execute("", 0),
                            Frontend.sync());
                    assertThat(Rows.of(client.readUntilReady())).containsExactly(List.of(mine));
                }
            }
            client.send(Frontend.terminate());
        }
    }
}
