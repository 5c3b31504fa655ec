package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupSettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = "⇒",
            value = {
                "-c search_path=app ⇒ search_path=app",
                "-csearch_path=app ⇒ search_path=app",
                "--search_path=app ⇒ search_path=app",
                "--search-path=app ⇒ search_path=app",
                "-c Search-Path=app ⇒ search_path=app",
                "-c a=1 -c b=2 --c=3 ⇒ a=1, b=2, c=3",
                "'  -c  a=1\t-c\tb=2  ' ⇒ a=1, b=2",
                "'-c search_path=a,\\ b' ⇒ 'search_path=a, b'",
                "-c a=x\\\\y ⇒ a=x\\y",
                "-\\c a=1 ⇒ a=1",
                "-c a=1=2 ⇒ a=1=2",
                "-c a= ⇒ a=",
                "-c standard_conforming_strings=off ⇒ standard_conforming_strings=off",
                "-F ⇒ fsync=false",
                "-FO ⇒ 'fsync=false, allow_system_table_mods=true'",
                "-Oc a=1 ⇒ 'allow_system_table_mods=true, a=1'",
                "-P -S 64 ⇒ 'ignore_system_indexes=true, work_mem=64'",
                "-S64 ⇒ work_mem=64",
                "-fs -ti -n ⇒ ''",
                "-f s -c a=1 ⇒ a=1",
                "-c ⇒ ?",
                "-c a ⇒ ?",
                "-- ⇒ ?",
                "--=x ⇒ ?",
                "-z ⇒ ?",
                "word ⇒ ?",
                "- ⇒ ?",
                "'' ⇒ ''"
            })
    void options_are_split_and_read_as_the_server_does(String options, String settings) {
        assertThat(text(StartupSettings.of(Map.of("options", options)))).isEqualTo(settings.replace("'", ""));
    }

    @Test
    void every_parameter_that_is_not_the_protocols_own_is_a_setting() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", "joe");
        parameters.put("database", "shop");
        parameters.put("options", "-c role=ann");
        parameters.put("replication", "false");
        parameters.put("_pq_.x", "1");
        parameters.put("Client_Encoding", "UTF8");
        parameters.put("extra_float_digits", "2");
        assertThat(text(StartupSettings.of(parameters)))
                .isEqualTo("role=ann, client_encoding=UTF8, extra_float_digits=2");
    }

    @Test
    void a_packet_without_settings_has_none() {
        assertThat(StartupSettings.of(Map.of("user", "joe"))).isEmpty();
    }

    private static String text(List<SettingChange> changes) {
        return String.join(
                ", ",
                changes.stream()
                        .map(change -> change.value() == null ? change.name() : change.name() + "=" + change.value())
                        .toList());
    }
}
