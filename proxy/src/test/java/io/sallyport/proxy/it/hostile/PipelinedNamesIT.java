package io.sallyport.proxy.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What closing those ways must not refuse. */
@Timeout(60)
final class PipelinedNamesIT {
    private final TestServer server = TestServer.shared();

    @Test
    void a_name_parsed_in_the_same_pipeline_can_be_executed_by_sql() {
        try (TestProxy proxy = TestProxy.start(server, "built-in");
                WireClient direct = WireClient.login(server.port(), "alice", "postgres");
                WireClient through = proxy.login("alice", "postgres")) {
            List<ServerMessage> answer = play(through);
            assertThat(answer).hasToString(play(direct).toString());
            assertThat(Rows.of(answer)).containsExactly(List.of("42"), List.of("2"), List.of("3"));
        }
    }

    private static List<ServerMessage> play(WireClient client) {
        client.send(
                Frontend.parse("named", "SELECT $1::int + 1"),
                Frontend.bind("", "named", "41"),
                Frontend.execute("", 0),
                Frontend.query("EXECUTE named('1')"),
                Frontend.parse("", "EXECUTE named('2')"),
                Frontend.bind("", ""),
                Frontend.execute("", 0),
                Frontend.sync());
        List<ServerMessage> answer = new ArrayList<>(client.readUntilReady());
        answer.addAll(client.readUntilReady());
        return answer;
    }
}
