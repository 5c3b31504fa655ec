package io.sallyport.proxy.it.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One of each of two groups, by memberships in a real server: two people, even where one is in both. */
@Timeout(60)
final class EachGroupIT {
    private static final TestServer SERVER = TestServer.shared();
    private String database = "";

    @BeforeAll
    static void makes_roles() {
        SERVER.run("postgres", """
                CREATE ROLE each_dbas; CREATE ROLE each_security;
                CREATE ROLE each_dora LOGIN; CREATE ROLE each_both LOGIN;
                GRANT each_dbas TO each_dora, each_both; GRANT each_security TO each_both
                """);
    }

    @BeforeEach
    void makes_a_table() {
        database = SERVER.freshDatabase();
        SERVER.run(database, "CREATE TABLE t (i int); INSERT INTO t VALUES (1), (2); GRANT ALL ON t TO PUBLIC");
    }

    private static String approve(WireClient voter, String code) {
        return voter.query("SALLYPORT APPROVE " + code).stream()
                .filter(message -> message.type() == 'C' || message.type() == 'E')
                .map(message -> message.type() == 'C' ? "counted" : message.sqlState())
                .findFirst()
                .orElseThrow();
    }

    private static String votes(WireClient anybody) {
        List<String> hold = Rows.of(anybody.query("SALLYPORT HOLDS")).get(0);
        return hold.get(8) + "; missing " + hold.get(9);
    }

    @Test
    void one_of_each_releases_it_and_the_requester_is_told_whom_it_takes() {
        try (TestProxy proxy = TestProxy.start(SERVER, "each-group");
                WireClient alice = proxy.login("alice", database);
                WireClient dora = proxy.login("each_dora", database);
                WireClient bob = proxy.login("bob", database);
                WireClient carol = proxy.login("carol", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            ServerMessage notice = alice.readUntil('N').get(0);
            String code = Approver.code(notice);
            assertThat(notice.field('H')).startsWith("1 of dba and 1 of security, in any session");
            assertThat(approve(bob, code)).isEqualTo("42501");
            assertThat(approve(dora, code)).isEqualTo("counted");
            assertThat(votes(bob)).isEqualTo("1 of 1 (dba), 0 of 1 (security); missing 1 more of security");
            assertThat(approve(carol, code)).isEqualTo("counted");
            assertThat(alice.readUntilReady()).anyMatch(message -> message.type() == 'C');
        }
    }

    @Test
    void who_is_in_both_groups_is_one_person() {
        try (TestProxy proxy = TestProxy.start(SERVER, "each-group");
                WireClient alice = proxy.login("alice", database);
                WireClient both = proxy.login("each_both", database);
                WireClient dora = proxy.login("each_dora", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            String code = Approver.code(alice.readUntil('N').get(0));
            assertThat(approve(both, code)).isEqualTo("counted");
            assertThat(votes(both))
                    .isEqualTo("1 of 1 (dba), 1 of 1 (security), 1 of 2 (dba or security);"
                            + " missing 1 more of dba or security");
            assertThat(approve(both, code)).isEqualTo("55000");
            assertThat(approve(dora, code)).isEqualTo("counted");
            assertThat(alice.readUntilReady()).anyMatch(message -> message.type() == 'C');
        }
    }
}
