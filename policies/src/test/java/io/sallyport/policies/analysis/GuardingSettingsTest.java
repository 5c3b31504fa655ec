package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardingSettingsTest {
    @Test
    void a_setting_that_guards_and_one_that_the_text_does_not_show_count() {
        assertThat(GuardingSettings.contains("session_replication_role")).isTrue();
        assertThat(GuardingSettings.contains("?")).isTrue();
    }

    @Test
    void others_and_a_return_to_the_defaults_do_not_count() {
        assertThat(GuardingSettings.contains("work_mem")).isFalse();
        assertThat(GuardingSettings.contains("*")).isFalse();
    }

    @Test
    void the_page_lists_every_guarding_setting() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "settings.md")).stream()
                .filter(line -> line.startsWith("| ") && line.endsWith("` |"))
                .toList();
        List<String> expected = GuardingSettings.byReason().entrySet().stream()
                .map(entry -> "| " + entry.getKey() + " | `" + String.join("`, `", entry.getValue()) + "` |")
                .toList();
        assertThat(rows).containsExactlyElementsOf(expected);
    }
}
