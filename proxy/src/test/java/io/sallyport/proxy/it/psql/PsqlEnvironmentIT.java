package io.sallyport.proxy.it.psql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.cli.PsqlrcLines;
import io.sallyport.proxy.it.psql.ClientTools.Result;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real psql knows where it is. */
final class PsqlEnvironmentIT {
    private final TestServer server = TestServer.shared();

    @BeforeEach
    void needs_psql() {
        ClientTools.assumeInstalled("psql");
    }

    private TestProxy proxy(String environment, String banner) {
        return TestProxy.start(server.port(), "built-in", Map.of("environment", environment, "banner", banner));
    }

    /** With these lines for a psqlrc, as psql reads one: variables that they set are there afterwards. */
    private static Result psql(int port, Path folder, String before, String script) throws IOException {
        Path lines = Files.writeString(folder.resolve("psqlrc"), before + PsqlrcLines.text());
        return ClientTools.run(
                ClientTools.command("psql", port, "alice", "postgres", "-X"), "\\i " + lines + "\n" + script);
    }

    @Test
    void the_banner_is_shown_at_once_in_colour_or_plain() {
        try (TestProxy coloured = proxy("production", "on");
                TestProxy plain = proxy("production", "plain")) {
            assertThat(connect(coloured).err())
                    .startsWith("NOTICE:  \u001b[1;37;41m PRODUCTION \u001b[0m · postgres on 127.0.0.1:");
            assertThat(connect(plain).err())
                    .isEqualTo("NOTICE:  PRODUCTION · postgres on 127.0.0.1:" + server.port()
                            + " · destructive statements need a second person\n");
            assertThat(connect(plain).out()).isEqualTo("1\n");
        }
    }

    private static Result connect(TestProxy proxy) {
        return ClientTools.run(
                ClientTools.command("psql", proxy.port(), "alice", "postgres", "-X", "-A", "-t", "-c", "SELECT 1"), "");
    }

    @ParameterizedTest
    @CsvSource({"production, 1;37;41", "eu-prod-1, 1;37;41", "staging, 1;30;43", "pre-prod, 1;30;43", "test, 1;30;42"})
    void the_prompt_has_the_colour_of_the_environment(String name, String colour, @TempDir Path folder)
            throws IOException {
        try (TestProxy proxy = proxy(name, "off")) {
            Result result =
                    psql(proxy.port(), folder, "", "\\echo :sallyport_environment\n\\echo :PROMPT1\n\\echo :PROMPT2\n");
            String prompt = "%[%033[" + colour + "m%] %:sallyport_environment: %[%033[0m%] %n@%/%R%x%# \n";
            assertThat(result.out()).isEqualTo(name.toUpperCase(Locale.ROOT) + "\n" + prompt + prompt);
            assertThat(result.err()).isEmpty();
        }
    }

    @Test
    void past_the_proxy_the_prompt_says_direct(@TempDir Path folder) throws IOException {
        Result result = psql(server.port(), folder, "", "\\echo :sallyport_environment\n\\echo :PROMPT1\n");
        assertThat(result.out()).startsWith("direct\n%[%033[1;7m%]");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void whoever_works_without_autocommit_is_in_no_transaction_yet(@TempDir Path folder) throws IOException {
        try (TestProxy proxy = proxy("production", "off")) {
            Result result = psql(
                    proxy.port(),
                    folder,
                    "\\set AUTOCOMMIT off\n",
                    "\\echo :AUTOCOMMIT\nSET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\n");
            assertThat(result.out()).isEqualTo("off\nSET\n");
            assertThat(result.err()).isEmpty();
        }
    }

    /** util-linux's script gives it a terminal. */
    @Test
    void at_a_terminal_the_prompt_is_red(@TempDir Path folder) throws IOException {
        ClientTools.assumeInstalled("script");
        try (TestProxy proxy = proxy("production", "off")) {
            Path lines = Files.writeString(folder.resolve("psqlrc"), PsqlrcLines.text());
            String psql = String.join(
                    " ",
                    ClientTools.command("env PSQLRC=" + lines + " PAGER=cat psql", proxy.port(), "alice", "postgres"));
            Result result = ClientTools.run(List.of("script", "-qec", psql, "/dev/null"), "BEGIN;\n\\q\n");
            assertThat(result.out())
                    .contains(
                            "\u001b[1;37;41m PRODUCTION \u001b[0m alice@postgres=> ",
                            "\u001b[1;37;41m PRODUCTION \u001b[0m alice@postgres=*> ");
        }
    }
}
