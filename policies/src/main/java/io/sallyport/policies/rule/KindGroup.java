package io.sallyport.policies.rule;

import io.sallyport.policies.analysis.StatementKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Kinds that belong together; many kinds are in more than one group. docs/policy.md has the table. */
@SuppressWarnings("ImmutableEnumChecker") // what it holds never changes
public enum KindGroup {
    READ("select copy_to explain explain_analyze show fetch move"),
    WRITE("insert update delete merge truncate copy_from select_into create_table_as"),
    COPY("copy_from copy_to"),
    DDL("create_* alter_* drop_* comment security_label import_foreign_schema select_into"),
    CREATE("create_* import_foreign_schema select_into"),
    ALTER("alter_* comment security_label"),
    DROP("drop_*"),
    /** Changes who may do what. */
    PRIVILEGE(
            "grant revoke reassign_owned security_label alter_default_privileges *_owned create_role alter_role drop_role *_policy *_user_mapping"),
    TRANSACTION("begin commit rollback savepoint release rollback_to prepare_transaction commit_prepared"
            + " rollback_prepared set_transaction set_constraints lock"),
    SESSION("set set_role reset show discard listen unlisten notify prepare execute deallocate"),
    PREPARED("prepare execute deallocate"),
    CURSOR("declare_cursor fetch move close"),
    MAINTENANCE("analyze vacuum vacuum_full cluster reindex refresh_materialized_view checkpoint"),
    /** Runs code that the statement does not show. */
    PROCEDURAL("do call load"),
    /** Defines code that runs later. */
    ROUTINE("*_function *_procedure *_routine *_aggregate *_trigger *_event_trigger *_rule *_language *_transform"),
    REPLICATION("*_publication *_subscription replication *_replication_slot"),
    /** Reaches beyond the database. */
    CLUSTER("*_database *_tablespace create_role alter_role drop_role alter_system checkpoint");

    private final String label = name().toLowerCase(Locale.ROOT);
    private final List<String> patterns;
    private final KindSet kinds;

    KindGroup(String patterns) {
        this.patterns = List.of(patterns.split(" "));
        Glob[] globs = this.patterns.stream().map(Glob::new).toArray(Glob[]::new);
        this.kinds = new KindSet(
                Arrays.stream(StatementKind.values())
                        .filter(kind -> Arrays.stream(globs).anyMatch(glob -> glob.matches(kind.label())))
                        .collect(Collectors.toSet()),
                label);
    }

    public String label() {
        return label;
    }

    /** Kinds, and globs over them. */
    public List<String> patterns() {
        return patterns;
    }

    public KindSet kinds() {
        return kinds;
    }
}
