package io.sallyport.proxy.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database with two small tables behind a proxy whose rules take tokens; remembers every secret that it hands out. */
final class TokenStage implements AutoCloseable {
    static final TestServer SERVER = TestServer.shared();

    private final TestServer server;
    final String database;
    final TestProxy proxy;
    final List<String> secrets = new ArrayList<>();

    TokenStage() {
        this(Map.of());
    }

    TokenStage(Map<String, String> settings) {
        this(SERVER, settings);
    }

    TokenStage(TestServer server, Map<String, String> settings) {
        this.server = server;
        this.database = server.freshDatabase();
        server.run("postgres", "DO $$ BEGIN CREATE ROLE dave LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        server.run(database, """
                CREATE TABLE t (i int, name text); INSERT INTO t VALUES (1, 'a'), (2, 'b'); GRANT ALL ON t TO PUBLIC;
                CREATE SCHEMA other; CREATE TABLE other.t (i int); INSERT INTO other.t VALUES (1);
                GRANT ALL ON SCHEMA other TO PUBLIC; GRANT ALL ON other.t TO PUBLIC
                """);
        proxy = start(server, settings);
    }

    static TestProxy start(Map<String, String> settings) {
        return start(SERVER, settings);
    }

    private static TestProxy start(TestServer server, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("hold.expires", "20s");
        return TestProxy.start(server.port(), "tokens", all);
    }

    WireClient login(String user) {
        return proxy.login(user, database);
    }

    /** The command tag, or the SQLSTATE and the message, of the last statement. */
    static String outcome(List<ServerMessage> answer) {
        return answer.stream()
                .filter(message -> message.type() == 'C' || message.type() == 'E')
                .map(message ->
                        message.type() == 'C' ? message.commandTag() : message.sqlState() + " " + message.field('M'))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    static String say(WireClient client, String sql) {
        return outcome(client.query(sql));
    }

    static ServerMessage error(List<ServerMessage> answer) {
        return answer.stream()
                .filter(message -> message.type() == 'E')
                .findFirst()
                .orElseThrow(() -> new AssertionError("no error in " + answer));
    }

    /** The code under which a denial says that it can be granted. */
    static String request(WireClient client, String sql) {
        ServerMessage error = error(client.query(sql));
        assertThat(error.sqlState()).isEqualTo("42501");
        return Approver.code(error);
    }

    /** What the approver is handed. */
    String grant(WireClient approver, String command) {
        List<List<String>> rows = Rows.of(approver.query("SALLYPORT GRANT " + command));
        assertThat(rows).as(command).hasSize(1);
        String secret = rows.get(0).get(0);
        assertThat(secret).matches("spt(-[0-9A-Z]{4}){6}");
        secrets.add(secret);
        return secret;
    }

    /** A token for this statement of alice, granted by bob. */
    String tokenFor(String sql) {
        try (WireClient alice = login("alice");
                WireClient bob = login("bob")) {
            return grant(bob, request(alice, sql));
        }
    }

    String present(WireClient client, String token) {
        return say(client, "SET sallyport.token = '" + token + "'");
    }

    String rows(String table) {
        return server.ask(database, "SELECT count(*) FROM " + table);
    }

    @Override
    public void close() {
        try {
            String audited = String.join("\n", proxy.audited());
            String metrics = proxy.scrape();
            for (String secret : secrets) {
                String heart = secret.substring(4, 18);
                assertThat(audited).doesNotContain(heart);
                assertThat(metrics).doesNotContain(heart);
            }
        } finally {
            proxy.close();
        }
    }
}
