package io.sallyport.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script through the proxy: content with the demo's policy, and with no other. */
final class GuardedDemoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final StringWriter seen = new StringWriter();
    private final Cleanup cleanup = new Cleanup();
    private DemoServer server;

    @BeforeEach
    void start() throws Exception {
        server = cleanup.own(() -> DemoServer.start(folder, 0));
        SampleShop.create(server);
    }

    @AfterEach
    void stop() {
        cleanup.close();
    }

    @Test
    void both_stories_end_well_with_the_policy_of_the_demo() throws Exception {
        boolean asTold = play(DemoPolicy.text());

        assertThat(asTold).as(seen.toString()).isTrue();
        assertThat(seen.toString())
                .contains("alice cannot approve her own statement")
                .contains("users: 12,000 rows deleted")
                .contains("the last backup is six hours old")
                .contains("refused: six hours of orders would be lost")
                .contains("production_db is still there")
                .contains("restore point sallyport_")
                .contains("production_db is gone")
                .contains("All ")
                .doesNotContain("✗");
        assertThat(SampleShop.census(server)).isEqualTo(new SampleShop.Census(200_000, 12_000, 4_000));
    }

    @Test
    void script_fails_when_the_policy_lets_everything_pass() throws Exception {
        assertThat(play("version: 1\ndefault: allow\nrules: [{name: none, when: {user: [nobody]}, then: deny}]\n"))
                .isFalse();
        assertThat(seen.toString()).contains("OK, 12000 rows changed").contains("✗");
    }

    @Test
    void script_fails_when_the_policy_denies_instead_of_asking() throws Exception {
        assertThat(
                        play(
                                "version: 1\ndefault: allow\nrules: [{name: never, when: {kind: [delete], user: [alice]}, then: deny}]\n"))
                .isFalse();
        assertThat(seen.toString()).contains("SQLSTATE 42501").contains("it was answered at once");
        assertThat(SampleShop.census(server).users()).isEqualTo(SampleShop.USERS);
    }

    private boolean play(String policy) throws Exception {
        DemoProxy proxy = cleanup.own(() -> DemoProxy.start(server.endpoint(), 0, 0, policy, folder));
        Transcript transcript = new Transcript(new PrintWriter(seen));
        return new DemoScript(
                        server,
                        proxy.endpoint(),
                        proxy.page(),
                        proxy.auditFile(),
                        DemoBackups.in(folder),
                        transcript,
                        PATIENCE)
                .play();
    }
}
