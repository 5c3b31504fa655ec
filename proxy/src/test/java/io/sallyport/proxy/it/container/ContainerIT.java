package io.sallyport.proxy.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A server that is not the embedded one: SCRAM by default, another build, another machine as far as sockets tell. */
@Testcontainers(disabledWithoutDocker = true)
@Timeout(180)
final class ContainerIT {
    @Container
    private static final PostgreSQLContainer POSTGRES =
            new PostgreSQLContainer("postgres:17").withUsername("owner").withPassword("secret");

    private static WireClient login(int port, String user) {
        WireClient client = WireClient.connect(port);
        client.login(user, POSTGRES.getDatabaseName(), "secret");
        return client;
    }

    @Test
    void a_held_delete_runs_when_a_second_role_approves() {
        int direct = POSTGRES.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
        try (WireClient owner = login(direct, "owner")) {
            owner.query("CREATE ROLE approver LOGIN PASSWORD 'secret'");
            owner.query("CREATE TABLE t AS SELECT generate_series(1, 3) AS i");
            try (TestProxy proxy = TestProxy.start(direct, "hold", Map.of());
                    WireClient requester = login(proxy.port(), "owner");
                    WireClient second = login(proxy.port(), "approver")) {
                requester.send(Frontend.query("DELETE FROM t"));
                String code = Approver.code(requester.readUntil('N').get(0));
                assertThat(Rows.of(owner.query("SELECT count(*) FROM t"))).containsExactly(List.of("3"));
                assertThat(second.query("SALLYPORT APPROVE " + code))
                        .extracting(ServerMessage::type)
                        .doesNotContain('E');
                assertThat(requester.readUntil('C'))
                        .last()
                        .extracting(ServerMessage::commandTag)
                        .isEqualTo("DELETE 3");
            }
        }
    }
}
