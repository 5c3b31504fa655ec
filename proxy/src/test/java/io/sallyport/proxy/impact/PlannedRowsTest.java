package io.sallyport.proxy.impact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannedRowsTest {
    private static String modify(String children) {
        return "{\"Node Type\": \"ModifyTable\", \"Operation\": \"Delete\", \"Plan Rows\": 0, \"Plans\": [" + children
                + "]}";
    }

    private static String scan(String relationship, long rows) {
        return "{\"Node Type\": \"Seq Scan\", \"Parent Relationship\": \"" + relationship + "\", \"Plan Rows\": " + rows
                + "}";
    }

    private static String plan(String node) {
        return "[{\"Plan\": " + node + "}]";
    }

    @Test
    void the_rows_are_those_of_the_child_that_brings_them() {
        assertThat(PlannedRows.changed(plan(modify(scan("Outer", 12_000)))))
                .isEqualTo(new PlannedRows.Changed(12_000, 1));
    }

    @Test
    void partitions_of_older_servers_are_added_up_and_subplans_left_out() {
        assertThat(PlannedRows.changed(
                        plan(modify(scan("InitPlan", 7) + "," + scan("Member", 10) + "," + scan("Member", 5)))))
                .isEqualTo(new PlannedRows.Changed(15, 1));
    }

    @Test
    void writes_in_common_table_expressions_count_wherever_they_stand() {
        String cte = modify(scan("Outer", 30)).replaceFirst("\\{", "{\"Parent Relationship\": \"InitPlan\", ");
        assertThat(PlannedRows.changed(
                        plan("{\"Node Type\": \"CTE Scan\", \"Plan Rows\": 30, \"Plans\": [" + cte + "]}")))
                .isEqualTo(new PlannedRows.Changed(30, 1));
        assertThat(PlannedRows.changed(plan(modify(scan("Outer", 4) + "," + cte))))
                .isEqualTo(new PlannedRows.Changed(34, 2));
    }

    @Test
    void plans_of_rules_are_added_up() {
        assertThat(PlannedRows.changed(
                        "[{\"Plan\": " + modify(scan("Outer", 3)) + "}, {\"Plan\": " + modify(scan("Outer", 4)) + "}]"))
                .isEqualTo(new PlannedRows.Changed(7, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "[]",
                "{}",
                "null",
                "[\"Utility Statement\"]",
                "[{\"Plan\": {\"Node Type\": \"Seq Scan\", \"Plan Rows\": 5}}]",
                "[{\"Plan\": {\"Node Type\": \"ModifyTable\", \"Plans\": [{\"Parent Relationship\": \"Outer\"}]}}]",
                "[{\"Plan\": {\"Node Type\": \"ModifyTable\", \"Plans\": [{\"Node Type\": \"Foreign Scan\","
                        + " \"Operation\": \"Delete\", \"Parent Relationship\": \"Outer\", \"Plan Rows\": 0}]}}]"
            })
    void what_does_not_tell_is_unknown(String json) {
        assertThat(PlannedRows.changed(json)).isNull();
    }

    @Test
    void a_size_is_that_of_the_whole_plan() {
        assertThat(PlannedRows.brought(plan(scan("Outer", 200_000)))).isEqualTo(200_000);
        assertThat(PlannedRows.brought("[]")).isNull();
        assertThat(PlannedRows.brought("x")).isNull();
    }
}
