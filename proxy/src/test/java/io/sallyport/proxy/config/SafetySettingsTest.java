package io.sallyport.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetySettingsTest {
    private static SafetySettings read(String yaml) throws ConfigException {
        return ConfigReader.read(yaml, "f.yaml", Map.of(), Map.of("upstream", "db1"))
                .safety();
    }

    @Test
    void nothing_is_made_of_nothing() throws ConfigException {
        assertThat(read("")).isEqualTo(SafetySettings.DEFAULTS);
    }

    @Test
    void everything_can_be_written() throws ConfigException {
        assertThat(read("""
                safety:
                  user: service
                  password_file: secret
                  database: ops
                  backup_source: pgbackrest
                  backup_location: https://backups.example/info.json
                  backup_stanza: main
                  restore_test_location: /var/lib/restore.json
                  ca: ca.pem
                  timeout: 20s
                """))
                .isEqualTo(new SafetySettings(
                        "service",
                        Path.of("secret"),
                        "ops",
                        SafetySettings.Source.PGBACKREST,
                        "https://backups.example/info.json",
                        "main",
                        "/var/lib/restore.json",
                        Path.of("ca.pem"),
                        Duration.ofSeconds(20)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "safety: {password_file: s}            | safety.password_file: nobody logs in; expected safety.user",
                "safety: {backup_source: archiver}     | safety.backup_source: archiver asks the server; expected safety.user",
                "safety: {backup_source: barman}       | safety.backup_source: barman is read from somewhere; expected safety.backup_location",
                "safety: {backup_location: /b.json}    | safety.backup_location: what is there is not known; expected safety.backup_source",
                "safety: {backup_source: wal-g}        | safety.backup_source: \"wal-g\" is not one of these; expected none, archiver, pgbackrest, barman or json",
                "safety: {backup_source: json, backup_location: 'http://b.example/x'} | safety.backup_location: it may not come over a network without TLS",
                "safety: {backup_source: json, backup_location: 'https://me:secret@b.example/x'} | safety.backup_location: \"https://…@b.example/x\" cannot be read",
                "safety: {backup_source: json, backup_location: 'ftp://b.example/x'} | safety.backup_location: \"ftp://b.example/x\" cannot be read",
                "safety: {timeout: 2m}                 | safety.timeout: 2m is out of range",
                "safety: {usr: x}                      | unknown setting safety.usr; did you mean safety.user?",
            })
    void what_makes_no_sense_is_explained(String yaml, String problem) {
        ConfigException found = catchThrowableOfType(ConfigException.class, () -> read(yaml));
        assertThat(found.problems())
                .hasSize(1)
                .first()
                .asString()
                .contains(problem)
                .doesNotContain("secret");
    }
}
