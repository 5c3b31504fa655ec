package io.sallyport.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script must not be content with a server that nobody guards. */
final class DemoScriptIT {
    @TempDir
    static Path folder;

    private static DemoServer server;

    @BeforeAll
    static void start() throws Exception {
        server = DemoServer.start(folder, 0);
        SampleShop.create(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void script_fails_where_nothing_holds_the_delete() throws Exception {
        StringWriter seen = new StringWriter();
        Transcript transcript = new Transcript(new PrintWriter(seen));

        boolean asTold = new DemoScript(
                        server,
                        server.endpoint(),
                        "",
                        folder.resolve("none"),
                        DemoBackups.in(folder),
                        transcript,
                        Duration.ofSeconds(20))
                .play();

        assertThat(asTold).isFalse();
        assertThat(seen.toString())
                .contains("OK, 12000 rows changed")
                .contains("expected: the statement waits")
                .contains("it was answered at once")
                .doesNotContain("as they must be");
    }
}
