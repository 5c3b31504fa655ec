package io.sallyport.proxy.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.proxy.hold.HoldFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/webhooks.md shows code that works, and bodies as they are. */
class WebhookPageTest {
    private static final Path PAGE = Path.of("..", "docs", "webhooks.md");

    @TempDir
    Path folder;

    private static String block(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_java_that_it_shows_is_what_the_tests_use() throws IOException {
        String source = Files.readString(
                Path.of("src", "test", "java", "io", "sallyport", "proxy", "webhook", "SignatureVerifier.java"));
        String shown = source.substring(source.indexOf("begin\n") + 6, source.indexOf("    // docs/webhooks.md: end"))
                .indent(-4);
        assertThat(block("java")).isEqualTo(shown);
    }

    @Test
    void the_python_that_it_shows_tells_genuine_from_forged() throws IOException, InterruptedException {
        byte[] body = "{\"event\":\"hold.opened\"}".getBytes(StandardCharsets.UTF_8);
        long now = Instant.now().getEpochSecond();
        String genuine = Signature.of(Fixture.SECRET.getBytes(StandardCharsets.UTF_8), now, body);
        String old = Signature.of(Fixture.SECRET.getBytes(StandardCharsets.UTF_8), now - 600, body);
        String forged = Signature.of(new byte[16], now, body);
        String script = block("python") + """
                import sys
                body = b'{"event":"hold.opened"}'
                print([is_genuine(b'%s', header, body) for header in sys.argv[1:]])
                """.formatted(Fixture.SECRET);
        Path file = Files.writeString(folder.resolve("verify.py"), script);
        assertThat(python(List.of("python3", file.toString(), genuine, old, forged, "", "t=x,v1=y")))
                .isEqualTo("[True, False, False, False, False]\n");
    }

    private static String python(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException none) {
            assumeTrue(false, "python3 is not installed");
            throw none;
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return out;
    }

    @Test
    void the_body_that_it_shows_has_the_fields_of_a_real_one() throws IOException {
        JsonNode shown = JsonMapper.shared().readTree(block("json"));
        JsonNode real = JsonMapper.shared()
                .readTree(JsonBody.of(
                        "d1",
                        JsonBodyTest.opened(HoldFixture.REQUEST),
                        new Surroundings("production", "https://sallyport.example"),
                        true));
        assertThat(shown.propertyNames()).containsExactlyElementsOf(real.propertyNames());
        assertThat(shown.path("hold").propertyNames())
                .containsExactlyElementsOf(real.path("hold").propertyNames());
    }

    @Test
    void it_names_every_way_a_hold_can_end() throws IOException {
        List<String> named = Pattern.compile("`([a-z_]+)`")
                .matcher(Files.readString(PAGE)
                        .lines()
                        .filter(line -> line.startsWith("| `state`"))
                        .findFirst()
                        .orElseThrow())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(named)
                .containsExactlyInAnyOrder(
                        "state",
                        "waiting",
                        "approved",
                        "break_glass",
                        "rejected",
                        "expired",
                        "withdrawn",
                        "voided",
                        "server_lost",
                        "shutdown");
    }
}
