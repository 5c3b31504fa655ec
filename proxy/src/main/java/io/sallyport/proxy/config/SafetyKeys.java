package io.sallyport.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings under {@code safety}. */
final class SafetyKeys {
    static final Setting<String> USER = new Setting<>("safety.user", ValueTypes.label(63), "");
    static final Setting<Optional<Path>> PASSWORD_FILE = new Setting<>("safety.password_file", ValueTypes.file(), "");
    static final Setting<String> DATABASE =
            new Setting<>("safety.database", ValueTypes.label(63), SafetySettings.DEFAULTS.database());
    static final Setting<SafetySettings.Source> SOURCE =
            new Setting<>("safety.backup_source", WordType.of(SafetySettings.Source.class), "none");
    static final Setting<String> LOCATION = new Setting<>("safety.backup_location", WebTypes.fileOrAddress(), "");
    static final Setting<String> STANZA = new Setting<>("safety.backup_stanza", ValueTypes.label(200), "");
    static final Setting<String> RESTORE_TESTS =
            new Setting<>("safety.restore_test_location", WebTypes.fileOrAddress(), "");
    static final Setting<Optional<Path>> CA = new Setting<>("safety.ca", ValueTypes.file(), "");
    static final Setting<Duration> TIMEOUT = new Setting<>(
            "safety.timeout", ValueTypes.duration("1s", "1m"), DurationText.format(SafetySettings.DEFAULTS.timeout()));

    static final Setting<Integer> KEEP_MOST_ROWS = new Setting<>(
            "safety.keep_most_rows",
            ValueTypes.count(1, 1_000_000_000),
            Integer.toString(SafetySettings.Keeping.DEFAULTS.mostRows()));
    static final Setting<Duration> KEEP_FOR = new Setting<>(
            "safety.keep_for",
            ValueTypes.duration("1s", "3660d"),
            DurationText.format(SafetySettings.Keeping.DEFAULTS.keepFor()));

    static final List<Setting<?>> ALL = List.of(
            USER,
            PASSWORD_FILE,
            DATABASE,
            SOURCE,
            LOCATION,
            STANZA,
            RESTORE_TESTS,
            CA,
            TIMEOUT,
            KEEP_MOST_ROWS,
            KEEP_FOR);

    private SafetyKeys() {}
}
