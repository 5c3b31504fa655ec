package io.sallyport.proxy.it.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.proxy.it.server.OlderBinaries;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members of auditors, directly or through others, may not write. */
@Timeout(60)
final class RoleIT {
    private static final TestServer SERVER = TestServer.shared();
    private static final String DATABASE = SERVER.freshDatabase();

    /** Quoted in the database's own encoding, to see that names come through whole. */
    private static final String ROLES = """
            CREATE ROLE auditors; CREATE ROLE "Prüfer"; GRANT auditors TO "Prüfer";
            CREATE ROLE auditor LOGIN; GRANT "Prüfer" TO auditor;
            CREATE ROLE clerk LOGIN; CREATE ROLE boss LOGIN SUPERUSER;
            CREATE ROLE unsettled LOGIN; ALTER ROLE unsettled SET search_path = evil, pg_catalog; GRANT auditors TO unsettled;
            """;

    /** What a search_path in front of pg_catalog could make of names that are not qualified. */
    private static final String EVIL = """
            CREATE SCHEMA evil; GRANT USAGE ON SCHEMA evil TO PUBLIC;
            CREATE TABLE evil.pg_auth_members (roleid oid, member oid); CREATE TABLE evil.pg_roles (oid oid, rolname name);
            CREATE FUNCTION evil.never(oid, oid) RETURNS bool LANGUAGE sql AS 'SELECT false';
            CREATE OPERATOR evil.= (LEFTARG = oid, RIGHTARG = oid, FUNCTION = evil.never);
            CREATE FUNCTION evil.encode(bytea, text) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
            CREATE DOMAIN evil.text AS pg_catalog.text CHECK (false);
            """;

    @BeforeAll
    static void makes_roles() {
        SERVER.run("postgres", ROLES);
        SERVER.run(DATABASE, "CREATE TABLE t (i int); GRANT ALL ON t TO PUBLIC");
        SERVER.run(DATABASE, EVIL);
    }

    private static String outcome(WireClient client) {
        return outcome(client.query("INSERT INTO public.t VALUES (1)"));
    }

    private static String outcome(List<ServerMessage> answer) {
        return answer.stream()
                .filter(message -> message.type() == 'C' || message.type() == 'E')
                .map(message -> message.type() == 'C' ? message.commandTag() : message.sqlState())
                .findFirst()
                .orElseThrow();
    }

    private static String as(TestProxy proxy, String role) {
        try (WireClient client = proxy.login(role, DATABASE)) {
            return outcome(client);
        }
    }

    @Test
    void members_through_others_are_stopped_others_and_superusers_are_not() {
        try (TestProxy proxy = TestProxy.start(SERVER, "role")) {
            assertThat(as(proxy, "auditor")).isEqualTo("42501");
            assertThat(as(proxy, "clerk")).isEqualTo("INSERT 0 1");
            assertThat(as(proxy, "boss")).isEqualTo("INSERT 0 1");
        }
    }

    @Test
    void names_that_shadow_the_catalog_change_nothing() {
        try (TestProxy proxy = TestProxy.start(SERVER, "role")) {
            assertThat(as(proxy, "unsettled")).isEqualTo("42501");
        }
    }

    @Test
    void the_login_looks_as_it_does_without_the_question() {
        try (TestProxy asking = TestProxy.start(SERVER, "role");
                TestProxy other = TestProxy.start(SERVER, "built-in")) {
            List<String> plain = login(other.port());
            assertThat(login(asking.port())).isEqualTo(plain);
            assertThat(login(SERVER.port())).isEqualTo(plain);
        }
    }

    /** Types, and what there is of text; the key is another each time. */
    private static List<String> login(int port) {
        try (WireClient client = WireClient.connect(port)) {
            return client.login("clerk", DATABASE, "").stream()
                    .map(message -> message.type() == 'S' ? message.read().string() : String.valueOf(message.type()))
                    .toList();
        }
    }

    @Test
    void statements_in_one_write_with_the_start_up_do_not_overtake_the_question() {
        try (TestProxy proxy = TestProxy.start(SERVER, "role");
                WireClient client = WireClient.connect(proxy.port())) {
            client.send(
                    Frontend.startup(Frontend.PROTOCOL_3_0, "user", "auditor", "database", DATABASE),
                    Frontend.query("DELETE FROM public.t"));
            client.readUntilReady();
            assertThat(outcome(client.readUntilReady())).isEqualTo("42501");
        }
    }

    @Test
    void what_is_granted_later_counts_after_a_while_and_the_clients_unnamed_statement_lives() {
        SERVER.run("postgres", "CREATE ROLE late LOGIN");
        try (TestProxy proxy = TestProxy.start(SERVER.port(), "role", Map.of("roles.refresh", "100ms"));
                WireClient client = proxy.login("late", DATABASE)) {
            assertThat(outcome(client)).isEqualTo("INSERT 0 1");
            client.send(Frontend.parse("", "SELECT 'still here'"), Frontend.sync());
            client.readUntilReady();
            SERVER.run("postgres", "GRANT auditors TO late");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> outcome(client).equals("42501"));
            client.send(Frontend.parse("", "SELECT 'still here'"), Frontend.sync());
            client.readUntilReady();
            Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            client.send(Frontend.bind("", ""), Frontend.execute("", 0), Frontend.sync());
            assertThat(Rows.of(client.readUntilReady())).containsExactly(List.of("still here"));
            assertThat(Rows.of(client.query("SELECT count(*) FROM pg_catalog.pg_prepared_statements")))
                    .containsExactly(List.of("0"));
        }
    }

    @Test
    void another_session_authorization_is_not_another_person() {
        try (TestProxy proxy = TestProxy.start(SERVER.port(), "role", Map.of("roles.refresh", "100ms"));
                WireClient boss = proxy.login("boss", DATABASE)) {
            SERVER.run("postgres", "GRANT auditors TO boss");
            boss.query("SET SESSION AUTHORIZATION clerk");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> outcome(boss).equals("42501"));
        } finally {
            SERVER.run("postgres", "REVOKE auditors FROM boss");
        }
    }

    @Test
    void a_server_that_may_not_tell_makes_statements_refused() {
        String database = SERVER.freshDatabase();
        SERVER.run(database, "REVOKE SELECT ON pg_catalog.pg_auth_members FROM PUBLIC; CREATE TABLE t (i int)");
        try (TestProxy proxy = TestProxy.start(SERVER, "role");
                WireClient client = proxy.login("clerk", database)) {
            List<ServerMessage> answer = client.query("SELECT 1");
            assertThat(outcome(answer)).isEqualTo("42501");
            assertThat(answer.get(0).field('M')).contains("memberships");
            assertThat(Rows.of(client.query("SALLYPORT STATUS"))).isNotEmpty();
        }
    }

    @Test
    void an_older_server_is_asked_alike() {
        assumeTrue(OlderBinaries.available(), "no older server was downloaded by the build");
        try (TestServer server = TestServer.start(OlderBinaries::open)) {
            server.run("postgres", ROLES);
            server.run("postgres", "CREATE TABLE public.t (i int); GRANT ALL ON public.t TO PUBLIC");
            try (TestProxy proxy = TestProxy.start(server, "role");
                    WireClient auditor = proxy.login("auditor", "postgres");
                    WireClient clerk = proxy.login("clerk", "postgres")) {
                assertThat(outcome(auditor)).isEqualTo("42501");
                assertThat(outcome(clerk)).isEqualTo("INSERT 0 1");
            }
        }
    }
}
