package io.sallyport.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSettingsTest {
    private static final String TWO = """
            webhooks:
              ops:
                url: https://hooks.example/a?b=c
                secret_file: ops.key
              slack_dba:
                format: slack
                url_file: slack.url
                events: hold.opened, break_glass
                statement: off
                timeout: 3s
                retry_for: 0
            """;

    private static List<WebhookSettings> read(String yaml, Map<String, String> environment) throws ConfigException {
        return ConfigReader.read(yaml, "f.yaml", environment, Map.of("upstream", "db"))
                .webhooks();
    }

    @Test
    void several_are_written_by_name() throws ConfigException {
        assertThat(read(TWO, Map.of()))
                .containsExactly(
                        new WebhookSettings(
                                "ops",
                                WebhookFormat.JSON,
                                "https://hooks.example/a?b=c",
                                null,
                                Path.of("ops.key"),
                                null,
                                "",
                                Set.of(
                                        WebhookEvent.HOLD_OPENED,
                                        WebhookEvent.HOLD_VOTED,
                                        WebhookEvent.HOLD_ENDED,
                                        WebhookEvent.BREAK_GLASS),
                                true,
                                false,
                                null,
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(10)),
                        new WebhookSettings(
                                "slack_dba",
                                WebhookFormat.SLACK,
                                "",
                                Path.of("slack.url"),
                                null,
                                null,
                                "",
                                Set.of(WebhookEvent.HOLD_OPENED, WebhookEvent.BREAK_GLASS),
                                false,
                                false,
                                null,
                                Duration.ofSeconds(3),
                                Duration.ZERO));
    }

    @Test
    void variables_name_them_too() throws ConfigException {
        Map<String, String> environment = Map.of(
                "SALLYPORT_WEBHOOKS_SLACK_DBA_URL_FILE",
                "other.url",
                "SALLYPORT_WEBHOOKS_OPS_URL",
                "https://b.example");
        List<WebhookSettings> hooks = read(TWO, environment);
        assertThat(hooks.get(0).url()).isEqualTo("https://b.example");
        assertThat(hooks.get(1).urlFile()).isEqualTo(Path.of("other.url"));
    }

    @Test
    void an_address_is_shown_nowhere() throws ConfigException {
        assertThat(read(TWO, Map.of()).toString()).doesNotContain("hooks.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ops: {url: 'http://a.example/x', secret_file: k}} | f.yaml:1:23: webhooks.ops.url: what is held would cross the network unencrypted",
                "{ops: {url: 'ftp://a.example/x', secret_file: k}}  | f.yaml:1:23: webhooks.ops.url: it is no web address; expected https://HOST/…",
                "{ops: {url: 'https://u:p@a/x', secret_file: k}}    | f.yaml:1:23: webhooks.ops.url: it has a user or a fragment",
                "{ops: {url: 'https://a/ x', secret_file: k}}       | f.yaml:1:23: webhooks.ops.url: it is no web address",
                "{ops: {secret_file: k}}                            | webhooks.ops.url: webhooks.ops.url: where to? expected url, url_file",
                "{ops: {url: 'https://a/x'}}                        | webhooks.ops.secret_file: webhooks.ops.secret_file: what is sent is signed",
                "{ops: {format: slack, url: 'https://a', url_file: b}} | webhooks.ops.url_file: url is given too; expected one of them",
                "{ops: {format: slack, url: 'https://a', channel: b}} | webhooks.ops.channel: only a bot chooses it; see token_file",
                "{ops: {format: slack, token_file: b}}              | webhooks.ops.channel: where does the bot write?",
                "{ops: {url: 'https://a', secret_file: k, events: held}} | webhooks.ops.events: \"held\" is no event; expected some of hold.opened, hold.voted, hold.ended, break_glass, separated",
                "{ops: {url: 'https://a', secret_file: k, events: test}} | \"test\" is no event",
                "{ops: {urll: 'https://a'}}                         | f.yaml:1:18: unknown setting webhooks.ops.urll; did you mean webhooks.ops.url?",
                "{Ops: {url: 'https://a'}}                          | f.yaml:1:12: unknown setting webhooks.Ops; expected webhooks.NAME.url, where NAME begins with",
                "{ops: 'https://a'}                                 | f.yaml:1:12: webhooks.ops is a group of settings, found a single value",
                "[a, b]                                             | f.yaml:1:1: webhooks is a group of settings, found a single value",
            })
    void a_wrong_one_is_explained_and_its_address_is_not_repeated(String yaml, String problem) {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> read("webhooks: " + yaml, Map.of()));
        assertThat(e).isNotNull();
        assertThat(e.getMessage()).contains(problem).doesNotContain("a.example", "u:p@a");
    }

    @Test
    void plain_http_is_for_loopback_or_by_consent() throws ConfigException {
        for (String url : List.of("http://127.0.0.1:9/x", "http://localhost/x", "http://[::1]:9/x")) {
            assertThat(read("webhooks: {a: {url: '" + url + "', secret_file: k}}", Map.of()))
                    .hasSize(1);
        }
        assertThat(read("webhooks: {a: {url: 'http://b', allow_http: true, secret_file: k}}", Map.of()))
                .hasSize(1);
    }

    @Test
    void there_is_an_end_to_how_many() {
        StringBuilder yaml = new StringBuilder("webhooks:\n");
        for (int i = 0; i < 21; i++) {
            yaml.append("  h").append(i).append(": {url: 'https://a', secret_file: k}\n");
        }
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(yaml.toString(), Map.of()));
        assertThat(e).isNotNull();
        assertThat(e.getMessage()).contains("expected 20 webhooks at most");
    }

    @Test
    void the_page_lists_every_setting_with_its_real_default() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "webhooks.md")).stream()
                .filter(line -> line.startsWith("| `") && line.split("\\|", -1).length == 6)
                .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2) + 1))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(WebhookKeys.WORDS.stream()
                        .map(word -> "| `" + word.key() + "` | "
                                + (word.defaultText().isEmpty() ? "" : "`" + word.defaultText() + "` ") + "| "
                                + word.type().expected() + " |")
                        .toList());
    }
}
