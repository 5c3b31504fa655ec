package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.bind;
import static io.sallyport.proxy.it.wire.Frontend.parse;
import static io.sallyport.proxy.it.wire.Frontend.sync;
import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Policies;
import io.sallyport.proxy.session.fakes.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy that observes decides and writes down, and stops nothing. */
class ObservedTest extends StagedTest {
    @BeforeEach
    void the_policy_observes() {
        stage.policy = () -> Policies.OBSERVING;
    }

    @Test
    void what_would_be_stopped_passes_untouched_and_without_a_word() {
        for (String sql : List.of("DROP TABLE users", "DELETE FROM users", "selct 1")) {
            alice.query(sql);
            stage.runWork();
            assertThat(alice.toServer()).containsExactly("Q " + sql);
            alice.server(complete(tagOf(sql)), ready('I'));
            assertThat(alice.client.take()).containsExactly("C " + tagOf(sql), "Z I");
        }
        assertThat(stage.holds.waiting()).isEmpty();
    }

    @Test
    void in_a_failed_transaction_the_server_says_so_itself() {
        alice.query("BEGIN").server(complete("BEGIN"), ready('T'));
        alice.query("SELECT 1/0").server(error("22012"), ready('E'));
        alice.toServer();
        alice.query("DROP TABLE users");
        assertThat(alice.toServer()).containsExactly("Q DROP TABLE users");
    }

    @Test
    void a_fault_in_judging_is_still_a_refusal() {
        stage.policy = () -> {
            throw new IllegalStateException("broken");
        };
        alice.query("SELECT 1").server(error("42601"), ready('I'));
        assertThat(alice.toClient()).first().asString().startsWith("E XX000");
    }

    @Test
    void what_cannot_be_followed_is_still_refused() {
        alice.sends(bind("", "unknown"), sync());
        alice.server(error("34000"), ready('I'));
        assertThat(alice.toClient()).first().asString().startsWith("E 26000");
        alice.sends(parse("a", "DELETE FROM users"), bind("", "a"), sync());
        stage.runWork();
        assertThat(alice.toServer()).endsWith("P a DELETE FROM users", "B  a", "S");
    }

    @Test
    void the_audit_says_what_would_have_been(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("audit.jsonl");
        try (Stage audited =
                new Stage(new io.sallyport.proxy.config.Limits(10, 1 << 20, 1 << 20, 1 << 16, 100), file, false)) {
            audited.policy = () -> Policies.OBSERVING;
            FakeSession bob = FakeSession.of(audited, "bob");
            bob.query("DELETE FROM users");
            audited.runWork();
            bob.query("SELECT 1");
            bob.session.clientGone();
            audited.loop.runTasks();
        }
        assertThat(Files.readAllLines(file).stream().filter(line -> line.contains("\"decided\"")))
                .singleElement()
                .asString()
                .contains("\"decision\":\"hold\"", "\"rule\":\"deletes held\"", "\"observed\":true");
    }
}
