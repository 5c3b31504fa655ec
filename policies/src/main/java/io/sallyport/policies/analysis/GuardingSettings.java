package io.sallyport.policies.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings that change how a text is read, who runs it, what is checked on its way, or what can be brought back; listed in docs/settings.md. */
public final class GuardingSettings {
    private static final Map<String, List<String>> BY_REASON = new LinkedHashMap<>();
    private static final Set<String> NAMES = new HashSet<>();

    static {
        put(
                "how a text is read, and which object a name means",
                "standard_conforming_strings backslash_quote client_encoding transform_null_equals search_path");
        put("who runs it", "role session_authorization");
        put(
                "what the server checks",
                "session_replication_role row_security default_transaction_read_only transaction_read_only"
                        + " allow_system_table_mods check_function_bodies event_triggers ignore_system_indexes"
                        + " ignore_checksum_failure ignore_invalid_pages zero_damaged_pages"
                        + " restrict_nonsystem_relation_kind");
        put(
                "what is seen of it afterwards",
                "track_counts log_statement log_min_messages log_min_error_statement log_destination logging_collector");
        put(
                "what code the server loads or runs",
                "session_preload_libraries local_preload_libraries shared_preload_libraries dynamic_library_path"
                        + " extension_control_path jit_provider archive_library archive_command archive_cleanup_command"
                        + " restore_command recovery_end_command ssl_passphrase_command");
        put("what survives a crash or can be restored", "fsync full_page_writes wal_level archive_mode autovacuum");
        put("who gets in", "listen_addresses hba_file ident_file config_file data_directory ssl password_encryption");
    }

    private GuardingSettings() {}

    private static void put(String reason, String names) {
        BY_REASON.put(reason, List.of(names.split(" ")));
        NAMES.addAll(List.of(names.split(" ")));
    }

    /** Whether a change of that {@link SettingChange#name} counts: {@code ?} does, {@code *} is a return to what the session began with. */
    public static boolean contains(String name) {
        return name.equals("?") || NAMES.contains(name);
    }

    /** What they change, with their names, in the order of the page. */
    public static Map<String, List<String>> byReason() {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        BY_REASON.forEach((reason, names) -> copy.put(reason, new ArrayList<>(names)));
        return copy;
    }
}
