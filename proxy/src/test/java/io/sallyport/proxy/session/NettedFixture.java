package io.sallyport.proxy.session;

import static io.sallyport.proxy.it.wire.Frontend.query;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.Policy;
import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Policies;
import io.sallyport.proxy.session.fakes.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A session under a policy with safety nets, and a backup of twenty minutes ago. */
abstract class NettedFixture {
    static final Policy NETTED = Policies.of("""
            version: 1
            rules:
              - name: netted
                when: {kind: delete}
                then: {hold: {safety: [restore_point, {backup_within: 1h}]}}
              - name: point only
                when: {kind: update}
                then: {hold: {safety: [restore_point]}}
              - name: tested
                when: {kind: truncate}
                then: {hold: {safety: [{restore_tested_within: 90d}]}}
            """);

    static final byte[] DELETE = query("DELETE FROM users WHERE id < 10");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    Stage stage;

    @SuppressWarnings("NullAway.Init")
    FakeSession alice;

    final List<String> points = new ArrayList<>();

    @BeforeEach
    void begins() throws IOException {
        start(new SafetySettings(
                "service",
                null,
                "postgres",
                SafetySettings.Source.JSON,
                folder.resolve("backup.json").toString(),
                "",
                "",
                null,
                Duration.ofSeconds(10)));
        backup(Duration.ofMinutes(20));
    }

    void start(SafetySettings settings) {
        stage = new Stage(settings);
        stage.policy = () -> NETTED;
        stage.restorePoints = name -> {
            points.add(name);
            return "0/3000060";
        };
        alice = FakeSession.of(stage, "alice");
    }

    void backup(Duration age) throws IOException {
        Instant at = stage.loop.clock().instant().minus(age);
        Files.writeString(folder.resolve("backup.json"), "{\"finished_at\": \"" + at + "\"}");
    }

    @AfterEach
    void everything_is_given_back() {
        stage.runWork();
        alice.session.clientGone();
        stage.loop.runTasks();
        stage.directory.all().forEach(Session::terminate);
        stage.runWork();
        stage.close();
        assertThat(stage.holds.waiting()).isEmpty();
        assertThat(stage.loop.timers()).isZero();
        assertThat(stage.waitingRoom.enter(Stage.WAITING_BYTES)).isTrue();
        assertThat(stage.leaked()).isZero();
    }

    /** Held, after a worker has looked at the backup. */
    Hold held() {
        alice.sends(DELETE);
        stage.runWork();
        alice.client.take();
        return stage.waiting();
    }

    String refusal() {
        assertThat(alice.toServer()).containsExactly("Q SALLYPORT REFUSED");
        alice.server(error("42601"), ready('I'));
        return alice.toClient().get(0);
    }
}
