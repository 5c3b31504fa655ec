package io.sallyport.proxy.config;

import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Puts the settings of safety nets together, and says which of them make no sense beside each other. */
final class SafetyAssembly {
    private final TlsAssembly.Values values;
    private final Predicate<Setting<?>> written;
    private final BiConsumer<Setting<?>, String> problem;

    /**
     * @param written whether somebody wrote a setting
     * @param problem told which setting is wrong, and why
     */
    SafetyAssembly(TlsAssembly.Values values, Predicate<Setting<?>> written, BiConsumer<Setting<?>, String> problem) {
        this.values = values;
        this.written = written;
        this.problem = problem;
    }

    SafetySettings assemble() {
        String user = values.of(SafetyKeys.USER);
        String location = values.of(SafetyKeys.LOCATION);
        SafetySettings.Source source = values.of(SafetyKeys.SOURCE);
        if (user.isEmpty()) {
            Stream.of(SafetyKeys.PASSWORD_FILE, SafetyKeys.DATABASE)
                    .filter(written)
                    .findFirst()
                    .ifPresent(setting -> problem.accept(setting, "nobody logs in; expected safety.user"));
        }
        switch (source) {
            case NONE -> {
                if (written.test(SafetyKeys.LOCATION) && !written.test(SafetyKeys.SOURCE)) {
                    problem.accept(SafetyKeys.LOCATION, "what is there is not known; expected safety.backup_source");
                }
            }
            case ARCHIVER -> {
                if (user.isEmpty()) {
                    problem.accept(SafetyKeys.SOURCE, "archiver asks the server; expected safety.user");
                }
            }
            case PGBACKREST, BARMAN, JSON -> {
                if (location.isEmpty() && !written.test(SafetyKeys.LOCATION)) {
                    problem.accept(
                            SafetyKeys.SOURCE,
                            WordType.word(source) + " is read from somewhere; expected safety.backup_location");
                }
            }
        }
        if (values.of(SafetyKeys.KEEP_FOR).compareTo(values.of(Settings.CONTROL_KEEP)) > 0) {
            problem.accept(
                    SafetyKeys.KEEP_FOR, "it is longer than control.keep, and nobody would know of them any more");
        }
        return new SafetySettings(
                user,
                values.of(SafetyKeys.PASSWORD_FILE).orElse(null),
                values.of(SafetyKeys.DATABASE),
                source,
                location,
                values.of(SafetyKeys.STANZA),
                values.of(SafetyKeys.RESTORE_TESTS),
                values.of(SafetyKeys.CA).orElse(null),
                values.of(SafetyKeys.TIMEOUT),
                new SafetySettings.Keeping(values.of(SafetyKeys.KEEP_MOST_ROWS), values.of(SafetyKeys.KEEP_FOR)));
    }
}
