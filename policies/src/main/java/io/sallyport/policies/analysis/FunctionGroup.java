package io.sallyport.policies.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Functions that end, destroy or open what no statement shows, by name. Gathered from pg_proc of PostgreSQL 13 to 18 and its contrib extensions
 * (volatile, or not for PUBLIC); docs/functions.md says what each group is. A name that ends in {@code *} stands for all that begin so.
 */
public enum FunctionGroup {
    TERMINATES("pg_cancel_backend pg_terminate_backend"),
    SECOND_WAY("""
            dblink* query_to_xml query_to_xmlschema query_to_xml_and_xmlschema cursor_to_xml cursor_to_xmlschema
            table_to_xml table_to_xmlschema table_to_xml_and_xmlschema schema_to_xml schema_to_xmlschema
            schema_to_xml_and_xmlschema database_to_xml database_to_xmlschema database_to_xml_and_xmlschema
            ts_stat ts_rewrite xpath_table connectby crosstab*
            pg_background_* cron.schedule cron.schedule_in_database cron.alter_job cron.unschedule
            run_command_on_* master_run_on_worker pglogical.replicate_ddl_command oracle_execute
            aws_s3.query_export_to_s3 aws_s3.table_import_from_s3 aws_lambda.invoke ag_catalog.cypher"""),
    SERVER_FILES("pg_read_file pg_read_file_old pg_read_binary_file pg_stat_file pg_ls_* pg_file_* pg_logdir_ls"
            + " lo_import lo_export"),
    LARGE_OBJECTS("lo_put lo_truncate lo_truncate64 lo_unlink lowrite"),
    REPLICATION("""
            pg_create_logical_replication_slot pg_create_physical_replication_slot pg_copy_logical_replication_slot
            pg_copy_physical_replication_slot pg_drop_replication_slot pg_replication_slot_advance pg_sync_replication_slots
            pg_logical_slot_get_changes pg_logical_slot_get_binary_changes pg_logical_emit_message
            pg_replication_origin_advance pg_replication_origin_create pg_replication_origin_drop
            pg_replication_origin_session_reset pg_replication_origin_session_setup pg_replication_origin_xact_reset
            pg_replication_origin_xact_setup pg_promote pg_wal_replay_pause pg_wal_replay_resume"""),
    SERVER("""
            pg_reload_conf pg_rotate_logfile pg_rotate_logfile_old pg_logfile_rotate pg_switch_wal pg_create_restore_point
            pg_start_backup pg_stop_backup pg_backup_start pg_backup_stop pg_log_backend_memory_contexts
            pg_log_standby_snapshot pg_stat_reset* pg_stat_statements_reset pg_clear_attribute_stats
            pg_clear_relation_stats pg_restore_attribute_stats pg_restore_relation_stats pg_import_system_collations
            pg_nextoid pg_stop_making_pinned_objects binary_upgrade_* pg_buffercache_evict*
            autoprewarm_start_worker"""),
    /** Rows, pages or tables, named by an argument. */
    REMOVES_DATA("""
            heap_force_freeze heap_force_kill pg_truncate_visibility_map dropgeometrycolumn dropgeometrytable
            droptopology drop_chunks drop_partition_id drop_partition_time undo_partition drop_graph drop_label"""),
    SEQUENCES("setval"),
    SETTINGS("set_config"),
    ADVISORY_LOCKS("pg_advisory_* pg_try_advisory_*");

    private static final Map<String, Set<FunctionGroup>> GROUPS = new HashMap<>();
    private static final Map<String, Set<FunctionGroup>> BARE = new HashMap<>();
    private static final Map<String, Set<FunctionGroup>> PREFIXES = new HashMap<>();

    static {
        for (FunctionGroup group : values()) {
            Set<FunctionGroup> alone = Set.of(group);
            for (String name : group.names()) {
                if (name.endsWith("*")) {
                    PREFIXES.put(name.substring(0, name.length() - 1), alone);
                } else {
                    GROUPS.put(name, alone);
                    BARE.put(name.substring(name.lastIndexOf('.') + 1), alone);
                }
            }
        }
    }

    private final String label = name().toLowerCase(Locale.ROOT);
    private final String names;

    FunctionGroup(String names) {
        this.names = names;
    }

    /** In policies. */
    public String label() {
        return label;
    }

    public List<String> names() {
        return List.of(names.split("\\s+"));
    }

    /** The groups of a function as {@link StatementFacts#functions} names it; empty for most. */
    public static Set<FunctionGroup> of(String function) {
        int dot = function.lastIndexOf('.');
        String last = function.substring(dot + 1);
        Set<FunctionGroup> known = GROUPS.get(last);
        if (known == null) {
            known = ofExtension(function, dot, last);
        }
        if (known != null) {
            return known;
        }
        for (Map.Entry<String, Set<FunctionGroup>> prefix : PREFIXES.entrySet()) {
            if (last.startsWith(prefix.getKey())) {
                return prefix.getValue();
            }
        }
        return Set.of();
    }

    /** Names that are too common alone are listed with their schema; without one, it may be on the search path. */
    private static @Nullable Set<FunctionGroup> ofExtension(String function, int dot, String last) {
        if (dot >= 0) {
            int schema = function.lastIndexOf('.', dot - 1) + 1;
            return GROUPS.get(function.substring(schema));
        }
        return BARE.get(last);
    }
}
