package io.sallyport.proxy.it.kept;

import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A server with a service role that keeps rows, a proxy whose policy asks for that, and two people. */
final class KeptStage implements AutoCloseable {
    final TestServer server = TestServer.shared();
    final String database = server.freshDatabase();
    final TestProxy proxy;
    final WireClient alice;
    final Approver bob;

    KeptStage(String... settings) {
        server.run("postgres", """
                DO $$ BEGIN
                  CREATE ROLE keeper LOGIN BYPASSRLS; GRANT pg_read_all_data, pg_write_all_data TO keeper;
                EXCEPTION WHEN duplicate_object THEN NULL; END $$""");
        server.run(
                database,
                "CREATE SCHEMA sallyport_kept AUTHORIZATION keeper; GRANT USAGE ON SCHEMA sallyport_kept TO PUBLIC");
        Map<String, String> options = new HashMap<>(Map.of("safety.user", "keeper", "admin", "127.0.0.1:0"));
        for (int i = 0; i < settings.length; i += 2) {
            options.put(settings[i], settings[i + 1]);
        }
        proxy = TestProxy.start(server.port(), "kept", options);
        alice = proxy.login("alice", database);
        bob = new Approver(proxy, "bob", database);
    }

    /** Runs as the superuser; everybody may do everything with what is there then. */
    void given(String sql) {
        server.run(database, sql);
        server.run(database, "GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC");
    }

    String ask(String sql) {
        return server.ask(database, sql);
    }

    /** Sends it, has it approved, and reads the answer. */
    List<ServerMessage> approved(byte[]... messages) {
        alice.send(messages);
        code = held();
        if (!bob.approve(code)) {
            throw new AssertionError("bob may not approve " + code);
        }
        return alice.readUntilReady();
    }

    private String code = "";

    /** Of what was approved last. */
    String code() {
        return code;
    }

    List<ServerMessage> approved(String sql) {
        return approved(Frontend.query(sql));
    }

    /** Waits for the notice of a hold. */
    String held() {
        return Approver.code(alice.readUntil('N').get(0));
    }

    static String outcome(List<ServerMessage> answer) {
        return answer.stream()
                .filter(message -> message.type() == 'C' || message.type() == 'E')
                .map(message ->
                        message.type() == 'C' ? message.commandTag() : message.sqlState() + " " + message.field('M'))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    /** The table that rows were kept in. */
    static String table(String code) {
        return "sallyport_kept.k" + code.replace("-", "").toLowerCase(Locale.ROOT) + "_1";
    }

    String kept() {
        return ask("SELECT count(*) FROM " + table(code));
    }

    void awaitNothingLeft() {
        await().until(() -> ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'sallyport_kept'")
                .equals("0"));
    }

    Map<String, String> environment() {
        return Map.of(
                "SALLYPORT_URL",
                "http://127.0.0.1:" + proxy.adminPort(),
                "SALLYPORT_USER",
                "by_scram",
                "SALLYPORT_PASSWORD",
                TestServer.PASSWORD);
    }

    @Override
    public void close() {
        alice.close();
        bob.close();
        proxy.close();
    }
}
