package io.sallyport.proxy.it.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server sees who is behind the proxy, in the application's name; the policy sees the name alone. */
@Timeout(60)
final class ApplicationSuffixIT {
    private final TestServer server = TestServer.shared();

    private static String shown(WireClient client) {
        return Rows.of(client.query("SHOW application_name")).get(0).get(0);
    }

    private static WireClient login(TestProxy proxy, String... more) {
        WireClient client = WireClient.connect(proxy.port());
        List<String> words = new ArrayList<>(List.of("user", "alice", "database", "postgres"));
        words.addAll(List.of(more));
        client.send(Frontend.startup(Frontend.PROTOCOL_3_0, words.toArray(String[]::new)));
        client.authenticate("alice", "");
        return client;
    }

    private TestProxy proxy() {
        return TestProxy.start(
                server.port(),
                "built-in",
                Map.of("application_name_suffix", "address", "audit.every_statement", "true"));
    }

    @Test
    void the_name_carries_address_and_session_and_the_audit_has_the_clients_own() {
        try (TestProxy proxy = proxy();
                WireClient client = login(proxy, "application_name", "shop")) {
            assertThat(shown(client)).matches("shop \\[127\\.0\\.0\\.1:" + client.localPort() + " [0-9a-f]{12}\\]");
            assertThat(proxy.audited())
                    .isNotEmpty()
                    .allMatch(line -> line.contains("\"application\":\"shop\"") || !line.contains("application"));
            client.query("SET application_name = 'later'");
            assertThat(shown(client)).isEqualTo("later");
        }
    }

    @Test
    void a_long_name_is_cut_and_a_missing_one_is_only_the_suffix() {
        try (TestProxy proxy = proxy();
                WireClient longest = login(proxy, "application_name", "ä".repeat(60));
                WireClient nameless = login(proxy)) {
            assertThat(shown(longest)).hasSize(63).startsWith("????").endsWith("]");
            assertThat(shown(nameless)).matches("\\[127\\.0\\.0\\.1:[0-9]+ [0-9a-f]{12}\\]");
        }
    }

    @Test
    void a_name_in_the_options_is_left_alone() {
        try (TestProxy proxy = proxy();
                WireClient client = login(proxy, "options", "-c application_name=mine")) {
            assertThat(shown(client)).isEqualTo("mine");
        }
    }
}
