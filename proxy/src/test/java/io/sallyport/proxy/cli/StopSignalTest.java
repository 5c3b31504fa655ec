package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The proxy as a process of its own. */
@Timeout(60)
class StopSignalTest {
    @Test
    void sigterm_ends_the_process_with_exit_code_zero_after_a_banner_in_json() throws Exception {
        assumeThat(System.getProperty("os.name")).as("SIGTERM").doesNotContain("Windows");
        Process process = start("run", "--upstream", "127.0.0.1:1", "--listen", "127.0.0.1:0", "--admin", "off");
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            String line = err.readLine();
            JsonNode json = new JsonMapper().readTree(line);
            assertThat(json.get("message").asString())
                    .contains("listening on 127.0.0.1:")
                    .contains("admin off");
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(String... arguments) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder();
        builder.command()
                .add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The tests' own logback-test.xml would win on the class path.
        builder.command().add("-Dlogback.configurationFile=logback.xml");
        builder.command().add("-cp");
        builder.command().add(classPath);
        builder.command().add(Main.class.getName());
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("SALLYPORT"));
        builder.environment().put("SALLYPORT_CONTROL_URL", "jdbc:h2:mem:");
        return builder.redirectInput(ProcessBuilder.Redirect.PIPE).start();
    }
}
