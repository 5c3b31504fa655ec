package io.sallyport.proxy.session;

import static io.sallyport.proxy.session.fakes.Server.complete;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.approval.Requirement;
import io.sallyport.proxy.config.SafetySettings;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Policies;
import io.sallyport.proxy.session.fakes.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a backup is too old, more people have to agree, if the rule says so. */
class NettedEscalationTest {
    private static final String DELETE = "DELETE FROM users WHERE id < 10";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Stage stage;

    @SuppressWarnings("NullAway.Init")
    private FakeSession alice;

    @BeforeEach
    void begins() throws IOException {
        stage = new Stage(new SafetySettings(
                "",
                null,
                "postgres",
                SafetySettings.Source.JSON,
                folder.resolve("backup.json").toString(),
                "",
                "",
                null,
                Duration.ofSeconds(10)));
        stage.policy = () -> Policies.of("""
                version: 1
                rules:
                  - name: netted
                    when: {kind: delete}
                    then:
                      hold:
                        expires: 2h
                        break_glass: {role: oncall}
                        safety: [{backup_within: {age: 1h, otherwise: {quorum: 2}}}]
                """);
        alice = FakeSession.of(stage, "alice");
        Files.writeString(
                folder.resolve("backup.json"),
                "{\"finished_at\": \"" + stage.loop.clock().instant() + "\"}");
    }

    @AfterEach
    void closes() {
        alice.session.clientGone();
        stage.runWork();
        stage.close();
        assertThat(stage.leaked()).isZero();
    }

    private Hold held() {
        alice.query(DELETE);
        stage.runWork();
        return stage.waiting();
    }

    private String refusal() {
        assertThat(alice.toServer()).contains("Q SALLYPORT REFUSED").noneMatch(sent -> sent.contains("DELETE"));
        alice.server(error("42601"), ready('I'));
        return alice.toClient().get(0);
    }

    @Test
    void a_fresh_backup_asks_for_nobody_more() {
        Hold hold = held();
        assertThat(hold.request().terms().approval().requirements()).containsExactly(Requirement.ANYBODY);
        assertThat(hold.request().terms().approval().breakGlass()).hasSize(1);
    }

    @Test
    void an_old_one_asks_for_two_people_who_read_why() {
        stage.loop.skipTime(Duration.ofHours(3));
        Hold hold = held();
        assertThat(hold.request().terms().approval().requirements()).containsExactly(new Requirement(List.of(), 2));
        assertThat(hold.request().terms().approval().breakGlass()).isEmpty();
        assertThat(hold.request().terms().safety())
                .containsExactly(
                        "the last good backup (json) is 3h 0m old; rule \"netted\" wants one within 1h, or 2 people"
                                + " to approve");
        assertThat(String.join("\n", alice.client.take())).contains("N held by Sallyport");
        stage.resolve(new Resolution.Approved("bob, carol"));
        stage.runWork();
        assertThat(alice.toServer()).containsExactly("Q " + DELETE);
        alice.server(complete("DELETE 1"), ready('I'));
    }

    @Test
    void one_that_became_old_meanwhile_voids_what_one_has_approved() {
        Hold hold = held();
        stage.loop.skipTime(Duration.ofMinutes(70));
        stage.resolve(new Resolution.Approved("bob"));
        stage.runWork();
        assertThat(refusal())
                .isEqualTo("E 42501 " + hold.code() + " was released, but the last good backup (json) is 1h 10m old;"
                        + " rule \"netted\" wants one within 1h, or 2 people to approve: what was approved is void");
    }

    @Test
    void nobody_releases_it_alone() {
        stage.loop.skipTime(Duration.ofHours(3));
        Hold hold = held();
        stage.resolve(new Resolution.BrokenGlass("alice", "the disk is full"));
        stage.runWork();
        assertThat(refusal()).startsWith("E 42501 " + hold.code() + " was released, but the last good backup");
    }
}
