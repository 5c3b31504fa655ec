package io.sallyport.proxy.it.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import io.sallyport.proxy.webhook.Inbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Receivers hear of holds; a receiver that hangs is nobody's trouble but its own. */
@Timeout(60)
final class WebhookIT {
    private static final TestServer SERVER = TestServer.shared();

    @TempDir
    Path folder;

    private final Inbox inbox = new Inbox();
    private String database;

    @BeforeEach
    void makes_a_table() {
        database = SERVER.freshDatabase();
        SERVER.run(database, "CREATE TABLE t AS SELECT i FROM generate_series(1, 10) i; GRANT ALL ON t TO PUBLIC");
    }

    @AfterEach
    void closes() {
        inbox.close();
    }

    private TestProxy start(String policy, String... more) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("environment", "production");
        settings.put("page.url", "https://sallyport.example");
        settings.put("webhooks.ops.url", inbox.url());
        settings.put(
                "webhooks.ops.secret_file",
                Files.writeString(folder.resolve("key"), "0123456789abcdef").toString());
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return TestProxy.start(SERVER.port(), policy, settings);
    }

    @Test
    void a_hold_is_told_with_what_an_approver_needs_and_so_is_its_end() throws IOException {
        try (TestProxy proxy = start("built-in");
                WireClient alice = proxy.login("alice", database);
                Approver bob = new Approver(proxy, "bob", database)) {
            alice.send(
                    Frontend.parse("", "DELETE FROM t WHERE i = i OR $1 = 'x'"),
                    Frontend.bind("", "", "secret-value"),
                    Frontend.execute("", 0),
                    Frontend.sync());
            String code = bob.awaitHold();
            JsonNode opened = inbox.await(1).get(0).json().path("hold");
            assertThat(inbox.letters().get(0).text()).doesNotContain("secret-value");
            assertThat(opened.path("code").asString()).isEqualTo(code);
            assertThat(opened.path("database").asString()).isEqualTo(database);
            assertThat(opened.path("statement").asString()).isEqualTo("DELETE FROM t WHERE i = i OR $1 = 'x'");
            assertThat(opened.path("url").asString()).isEqualTo("https://sallyport.example/#" + code);
            assertThat(bob.reject(code, "where is the WHERE?")).isTrue();
            alice.readUntilReady();
            JsonNode ended = inbox.await(2).get(1).json().path("hold");
            assertThat(ended.path("state").asString()).isEqualTo("rejected");
            assertThat(ended.path("endedBy").asString()).isEqualTo("bob");
            assertThat(ended.path("reason").asString()).isEqualTo("where is the WHERE?");
        }
    }

    @Test
    void a_receiver_that_hangs_delays_neither_hold_nor_approval_nor_the_end() throws IOException {
        inbox.always(inbox.hangs());
        TestProxy proxy = start("built-in", "webhooks.ops.timeout", "30s");
        try (WireClient alice = proxy.login("alice", database);
                Approver bob = new Approver(proxy, "bob", database)) {
            for (int i = 0; i < 5; i++) {
                long begin = System.nanoTime();
                alice.send(Frontend.query("DELETE FROM t"));
                assertThat(bob.approve(Approver.code(alice.read()))).isTrue();
                assertThat(alice.readUntilReady())
                        .extracting(ServerMessage::type)
                        .contains('C');
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
            }
            assertThat(inbox.letters()).hasSize(1);
            assertThat(proxy.scrape()).contains("sallyport_webhook_queue{hook=\"ops\"} 10.0");
        }
        long begin = System.nanoTime();
        proxy.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void what_the_end_of_the_proxy_does_to_a_hold_is_told_before_it() throws IOException {
        try (TestProxy proxy = start("built-in");
                WireClient alice = proxy.login("alice", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            alice.read();
            proxy.drain(Duration.ofSeconds(5));
        }
        assertThat(inbox.await(2).get(1).json().path("hold").path("state").asString())
                .isEqualTo("shutdown");
    }

    @Test
    void break_glass_is_told() throws IOException {
        try (TestProxy proxy = start("break-glass");
                WireClient alice = proxy.login("alice", database);
                WireClient herOther = proxy.login("alice", database)) {
            alice.send(Frontend.query("DELETE FROM t"));
            String code = Approver.code(alice.read());
            herOther.query("SALLYPORT BREAK GLASS " + code + " 'the disk is full'");
            assertThat(alice.readUntilReady()).extracting(ServerMessage::type).contains('C');
            inbox.await(3);
            assertThat(inbox.events()).containsExactly("hold.opened", "break_glass", "hold.ended");
            JsonNode told = inbox.letters().get(1).json().path("hold");
            assertThat(told.path("state").asString()).isEqualTo("break_glass");
            assertThat(told.path("endedBy").asString()).isEqualTo("alice");
            assertThat(told.path("reason").asString()).isEqualTo("the disk is full");
        }
    }
}
