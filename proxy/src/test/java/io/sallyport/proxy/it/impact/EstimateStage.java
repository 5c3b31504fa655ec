package io.sallyport.proxy.it.impact;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.Map;

/** Tables of known sizes behind a proxy whose rules ask for rows. */
final class EstimateStage implements AutoCloseable {
    static final TestServer SERVER = TestServer.shared();
    static final String NIGHT = "DELETE FROM users WHERE created_at < '2024-01-01'";
    static final String FEW = "DELETE FROM users WHERE id = 3";

    final String database = SERVER.freshDatabase();
    final TestProxy proxy;
    final WireClient alice;
    final Approver bob;

    EstimateStage() {
        SERVER.run(database, """
                CREATE TABLE users (id int PRIMARY KEY, created_at date, name text);
                INSERT INTO users SELECT i, CASE WHEN i <= 1200 THEN date '2023-05-01' ELSE date '2025-05-01' END, 'n' FROM generate_series(1, 20000) i;
                CREATE TABLE orders (id int); INSERT INTO orders SELECT generate_series(1, 10);
                CREATE TABLE small (id int); INSERT INTO small SELECT generate_series(1, 4);
                CREATE TABLE "Odd; Name" (id int); INSERT INTO "Odd; Name" SELECT generate_series(1, 3000);
                CREATE TABLE parts (id int) PARTITION BY RANGE (id);
                CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (1001);
                CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (1001) TO (4001);
                INSERT INTO parts SELECT generate_series(1, 4000);
                CREATE FUNCTION wipes() RETURNS int LANGUAGE sql AS 'DELETE FROM orders; SELECT 1';
                CREATE FUNCTION sneaky() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT wipes()';
                CREATE FUNCTION loud() RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RAISE NOTICE 'planned'; RETURN 100000; END$$;
                GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC;
                ANALYZE;
                """);
        proxy = TestProxy.start(SERVER.port(), "impact", Map.of("hold.expires", "20s"));
        alice = proxy.login("alice", database);
        bob = new Approver(proxy, "bob", database);
    }

    String count(String table) {
        return SERVER.ask(database, "SELECT count(*) FROM " + table);
    }

    /** The notice of the hold that the last thing sent opened. */
    ServerMessage held() {
        ServerMessage notice = alice.read();
        assertThat(notice.type()).as("%s", notice).isEqualTo('N');
        assertThat(notice.field('M')).startsWith("held by Sallyport");
        return notice;
    }

    @Override
    public void close() {
        alice.close();
        bob.close();
        proxy.close();
    }
}
