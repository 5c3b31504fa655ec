package io.sallyport.proxy.it.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an approver learns of who asks. */
@Timeout(60)
final class RequesterIT {
    private static final TestServer SERVER = TestServer.shared();

    @Test
    void operating_system_user_is_shown_as_claimed_and_decides_nothing() {
        String database = SERVER.freshDatabase();
        SERVER.run(database, "CREATE TABLE t (i int); GRANT ALL ON t TO PUBLIC");
        try (TestProxy proxy = TestProxy.start(SERVER.port(), "approvers", Map.of());
                WireClient alice = WireClient.connect(proxy.port());
                WireClient dora = proxy.login("carol", database)) {
            alice.send(Frontend.startup(
                    Frontend.PROTOCOL_3_0,
                    "user",
                    "alice",
                    "database",
                    database,
                    "options",
                    "-c sallyport.os_user=ada"));
            alice.authenticate("alice", TestServer.PASSWORD);
            await().until(() -> proxy.audited().stream().anyMatch(line -> line.contains("\"os_user\":\"ada\"")));
            assertThat(Rows.of(alice.query("SHOW sallyport.os_user")).toString())
                    .isEqualTo("[[ada]]");
            alice.send(Frontend.query("DELETE FROM t"));
            String code = Approver.code(alice.readUntil('N').get(0));
            assertThat(Rows.of(dora.query("SALLYPORT SHOW " + code)))
                    .contains(List.of("requester", "alice"), List.of("OS user (claimed)", "ada"));
            dora.query("SALLYPORT REJECT " + code + " 'no'");
            alice.readUntilReady();
            alice.query("SET sallyport.os_user = 'carol'");
            alice.send(Frontend.query("DELETE FROM t"));
            code = Approver.code(alice.readUntil('N').get(0));
            assertThat(Rows.of(dora.query("SALLYPORT SHOW " + code)))
                    .contains(List.of("requester", "alice"), List.of("OS user (claimed)", "carol"));
        }
    }
}
