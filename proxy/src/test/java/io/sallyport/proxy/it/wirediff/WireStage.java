package io.sallyport.proxy.it.wirediff;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;

/** A server, three proxies in front of it, and one database that is made anew for every play. */
final class WireStage implements AutoCloseable {
    static final String DATABASE = "wire";

    private static final String FRESH = """
            SET client_min_messages = error;
            SELECT lo_unlink(oid) FROM pg_largeobject_metadata;
            DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT ALL ON SCHEMA public TO PUBLIC;
            CREATE TABLE t (i int PRIMARY KEY, s text); INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, NULL);
            GRANT ALL ON t TO PUBLIC""";

    private final TestServer server;
    private final TestProxy observing;
    private final TestProxy allowing;
    private final TestProxy builtIn;
    private final WireClient keeper;

    WireStage(TestServer server) {
        this.server = server;
        server.run("postgres", "CREATE DATABASE " + DATABASE);
        observing = TestProxy.start(server, "observe");
        allowing = TestProxy.start(server, "allow");
        builtIn = TestProxy.start(server, "built-in");
        keeper = WireClient.login(server.port(), "postgres", DATABASE);
    }

    int direct() {
        return server.port();
    }

    int observing() {
        return observing.port();
    }

    int allowing() {
        return allowing.port();
    }

    int builtIn() {
        return builtIn.port();
    }

    void prepare(List<String> setup) {
        run(FRESH);
        setup.forEach(this::run);
    }

    List<ServerMessage> run(String sql) {
        List<ServerMessage> answer = keeper.query(sql);
        answer.stream().filter(message -> message.type() == 'E').findFirst().ifPresent(error -> {
            throw new AssertionError(error + " in: " + sql);
        });
        return answer;
    }

    String ask(String sql) {
        return Rows.of(run(sql)).toString();
    }

    @Override
    public void close() {
        keeper.close();
        observing.close();
        allowing.close();
        builtIn.close();
        server.run("postgres", "DROP DATABASE " + DATABASE + " WITH (FORCE)");
    }
}
