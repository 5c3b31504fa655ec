package io.sallyport.policies.rule;

import java.util.List;
import java.util.stream.Stream;

/** The settings that the word {@code guarding} stands for: they change how statements are read, who runs them, or what is seen of them. */
public final class GuardingSetting {
    public static final String WORD = "guarding";

    private static final List<String> NAMES = List.of(
            // How a text is read, and what its names mean.
            "standard_conforming_strings",
            "backslash_quote",
            "client_encoding",
            "search_path",
            // As whom it runs.
            "role",
            "session_authorization",
            "row_security",
            // Whether triggers, foreign keys and rules run.
            "session_replication_role",
            // What guards against writes, and what sees them.
            "default_transaction_read_only",
            "transaction_read_only",
            "track_counts",
            "log_statement",
            // What is loaded, and what damage is passed over.
            "session_preload_libraries",
            "local_preload_libraries",
            "dynamic_library_path",
            "allow_system_table_mods",
            "zero_damaged_pages",
            "ignore_checksum_failure",
            "ignore_system_indexes");

    private GuardingSetting() {}

    public static List<String> names() {
        return NAMES;
    }

    public static List<SettingPattern> patterns() {
        return Stream.concat(NAMES.stream(), Stream.of("sallyport.*"))
                .map(name -> new SettingPattern(new Glob(name), null))
                .toList();
    }
}
