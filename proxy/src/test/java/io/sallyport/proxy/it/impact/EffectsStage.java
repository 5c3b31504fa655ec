package io.sallyport.proxy.it.impact;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A database full of things that do more than they say, behind a proxy that looks at what was done. */
final class EffectsStage implements AutoCloseable {
    final TestServer server;
    final String database;
    final TestProxy proxy;
    WireClient alice;
    final Approver bob;

    EffectsStage() {
        this(TestServer.shared());
    }

    EffectsStage(TestServer server) {
        this(server, "effects", "gated", Map.of());
    }

    /** @param application of alice's session */
    EffectsStage(TestServer server, String policy, String application, Map<String, String> settings) {
        this.server = server;
        database = server.freshDatabase();
        server.run(database, """
                CREATE TABLE t (id int PRIMARY KEY, name text); INSERT INTO t SELECT i, 'n' FROM generate_series(1, 10) i;
                CREATE TABLE child (id int REFERENCES t ON DELETE CASCADE); INSERT INTO child SELECT i FROM generate_series(1, 10) i, generate_series(1, 3);
                CREATE TABLE log (n int); INSERT INTO log SELECT generate_series(1, 10);
                CREATE TABLE tiny (id int); INSERT INTO tiny VALUES (1), (2);
                CREATE FUNCTION deleter() RETURNS int LANGUAGE sql AS 'DELETE FROM log; SELECT 1';
                CREATE FUNCTION calm() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT deleter()';
                CREATE FUNCTION fires() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN DELETE FROM log; RETURN NULL; END$$;
                CREATE TABLE armed (id int); CREATE TRIGGER a AFTER INSERT ON armed EXECUTE FUNCTION fires();
                CREATE TABLE late (id int);
                CREATE CONSTRAINT TRIGGER l AFTER INSERT ON late DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fires();
                CREATE TABLE uniq (id int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO uniq VALUES (1);
                CREATE TABLE ruled (id int); CREATE RULE r AS ON INSERT TO ruled DO ALSO DELETE FROM log;
                CREATE FUNCTION checks(int) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN DELETE FROM log; RETURN true; END$$;
                CREATE DOMAIN guarded AS int CHECK (checks(VALUE));
                CREATE VIEW seen AS SELECT id FROM t;
                CREATE VIEW hiding AS SELECT deleter();
                CREATE TABLE parts (id int) PARTITION BY RANGE (id);
                CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (3);
                CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (3) TO (9); INSERT INTO parts VALUES (1), (2), (3), (4);
                CREATE TABLE asked (id int); INSERT INTO asked VALUES (1); CREATE TRIGGER a AFTER UPDATE ON asked EXECUTE FUNCTION fires();
                CREATE TABLE wanted (id int); INSERT INTO wanted SELECT generate_series(1, 5);
                CREATE TABLE strict (id int); INSERT INTO strict VALUES (1);
                CREATE FUNCTION says() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE NOTICE 'said'; RETURN NULL; END$$;
                CREATE TABLE loud (id int); INSERT INTO loud VALUES (1); CREATE TRIGGER s AFTER DELETE ON loud EXECUTE FUNCTION says();
                GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC;
                ANALYZE;
                """);
        Map<String, String> all = new HashMap<>(settings);
        all.put("hold.expires", "20s");
        proxy = TestProxy.start(server.port(), policy, all);
        alice = login(application);
        bob = new Approver(proxy, "bob", database);
    }

    WireClient login(String application) {
        WireClient client = WireClient.connect(proxy.port());
        client.send(Frontend.startup(
                Frontend.PROTOCOL_3_0, "user", "alice", "database", database, "application_name", application));
        client.authenticate("alice", TestServer.PASSWORD);
        return client;
    }

    static String types(List<ServerMessage> answer) {
        return answer.stream().map(message -> String.valueOf(message.type())).collect(Collectors.joining());
    }

    String count(String table) {
        return server.ask(database, "SELECT count(*) FROM " + table);
    }

    /** The code of the hold that opens now; what it did stands in its detail. */
    String held(String effect) {
        List<ServerMessage> notices = List.of(alice.read(), alice.read());
        assertThat(types(notices)).as("%s", notices).isEqualTo("NN");
        assertThat(notices.get(0).field('M')).contains("rolled it back");
        assertThat(notices.get(1).field('M')).startsWith("held by Sallyport");
        assertThat(notices.get(1).field('D')).contains("it did: " + effect);
        return Approver.code(notices.get(1));
    }

    static byte[] extended(String sql) {
        return Frontend.join(
                Frontend.parse("", sql),
                Frontend.bind("", ""),
                Frontend.describePortal(""),
                Frontend.execute("", 0),
                Frontend.sync());
    }

    /** The code of the hold that opens now, in whose notice these lines stand. */
    String heldSaying(String... lines) {
        ServerMessage notice = alice.read();
        assertThat(notice.type()).as("%s", notice).isEqualTo('N');
        assertThat(notice.field('M')).startsWith("held by Sallyport");
        assertThat(notice.field('D')).contains(lines);
        return Approver.code(notice);
    }

    List<ServerMessage> approved(String code) {
        assertThat(bob.approve(code)).isTrue();
        return alice.readUntilReady();
    }

    /** Rejects what is held, and hears the refusal. */
    void reject(String code) {
        assertThat(bob.reject(code, "no")).isTrue();
        assertThat(types(alice.readUntilReady())).matches(".*ES?Z");
    }

    @Override
    public void close() {
        alice.close();
        bob.close();
        proxy.close();
    }
}
