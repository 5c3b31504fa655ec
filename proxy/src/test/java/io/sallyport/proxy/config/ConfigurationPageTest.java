package io.sallyport.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/configuration.md says exactly what the code does. */
class ConfigurationPageTest {
    @Test
    void the_table_lists_every_setting_with_its_real_default() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "configuration.md")).stream()
                .filter(line -> line.startsWith("| `") && line.split("\\|", -1).length == 7)
                .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2) + 1))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(
                        Settings.ALL.stream().map(ConfigurationPageTest::row).toList());
    }

    @Test
    void the_listed_defaults_are_what_a_proxy_starts_with() throws ConfigException {
        StringBuilder yaml = new StringBuilder("upstream: db1:5432\n");
        for (Setting<?> setting : Settings.ALL) {
            if (!setting.defaultText().isEmpty() && !setting.key().contains(".")) {
                yaml.append(setting.key())
                        .append(": \"")
                        .append(setting.defaultText())
                        .append("\"\n");
            }
        }
        assertThat(ConfigReader.read(yaml.toString(), "defaults.yaml", Map.of(), Map.of()))
                .isEqualTo(ProxyConfig.defaults(new HostAndPort("db1", 5432)));
    }

    private static String row(Setting<?> setting) {
        String defaultCell = setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "` ";
        return "| `" + setting.key() + "` | `" + setting.environmentVariable() + "` | " + defaultCell + "| "
                + setting.type().expected() + " |";
    }
}
