package io.sallyport.policies.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionGroupTest {
    @ParameterizedTest
    @CsvSource({
        "pg_terminate_backend, TERMINATES",
        "pg_catalog.pg_terminate_backend, TERMINATES",
        "shop.pg_catalog.pg_terminate_backend, TERMINATES",
        "dblink, SECOND_WAY",
        "ext.dblink_exec, SECOND_WAY",
        "query_to_xml, SECOND_WAY",
        "crosstab4, SECOND_WAY",
        "cron.schedule, SECOND_WAY",
        "shop.cron.schedule, SECOND_WAY",
        "schedule, SECOND_WAY",
        "pg_ls_waldir, SERVER_FILES",
        "lo_unlink, LARGE_OBJECTS",
        "pg_logical_slot_get_changes, REPLICATION",
        "pg_stat_reset, SERVER",
        "pg_stat_reset_shared, SERVER",
        "public.heap_force_kill, REMOVES_DATA",
        "setval, SEQUENCES",
        "set_config, SETTINGS",
        "pg_try_advisory_xact_lock, ADVISORY_LOCKS"
    })
    void a_function_belongs_to_its_group(String function, FunctionGroup group) {
        assertThat(FunctionGroup.of(function)).containsExactly(group);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"now", "app.schedule", "pg_terminate", "nextval", "lo_get", "PG_TERMINATE_BACKEND", "", "."})
    void other_functions_belong_to_none(String function) {
        assertThat(FunctionGroup.of(function)).isEmpty();
    }

    @Test
    void the_page_lists_every_group_with_its_functions() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "functions.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.lastIndexOf(" | ")))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(FunctionGroup.values())
                        .map(FunctionGroupTest::row)
                        .toList());
    }

    private static String row(FunctionGroup group) {
        return group.names().stream().collect(Collectors.joining("`, `", "| `" + group.label() + "` | `", "`"));
    }
}
