package io.sallyport.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AuditEventTest {
    @Test
    void a_decision_is_one_line_in_the_order_of_its_fields() {
        assertThat(AuditJson.line(AuditEvents.decided("hold", "DELETE\nFROM users")))
                .isEqualTo("{\"event\":\"decided\",\"at\":\"2026-11-21T02:00:00.125Z\",\"session\":\"s-1\","
                        + "\"user\":\"alice\",\"database\":\"orders\",\"application\":\"psql\","
                        + "\"client\":\"10.0.0.9:51000\",\"decision\":\"hold\",\"rule\":\"whole-table writes\","
                        + "\"hold\":\"K7Q4-F2MD\",\"kinds\":[\"delete\"],\"statement\":\"DELETE\\nFROM users\","
                        + "\"readable\":true}");
    }

    @Test
    void every_kind_of_event_has_its_name_and_leaves_out_what_is_absent() {
        assertThat(AuditJson.line(
                        new AuditEvent.SessionStarted(AuditEvents.AT, "s-1", "a", "d", "psql", "c", null, null)))
                .startsWith("{\"event\":\"session_started\",\"at\":\"2026-11-21T02:00:00.125Z\",\"session\":\"s-1\"");
        assertThat(AuditJson.line(AuditEvents.numbered(1)))
                .isEqualTo("{\"event\":\"session_ended\",\"at\":\"2026-11-21T02:00:00.125Z\","
                        + "\"session\":\"s-1\",\"reason\":\"terminated\"}");
        assertThat(AuditJson.line(new AuditEvent.Voted(AuditEvents.AT, "K", "bob", "s-2", "reject", false, "why")))
                .startsWith("{\"event\":\"voted\"")
                .contains("\"voter_session\":\"s-2\"", "\"counted\":false");
        assertThat(AuditJson.line(new AuditEvent.HoldEnded(AuditEvents.AT, "K", "s-1", "expired", null, 600_000, "")))
                .startsWith("{\"event\":\"hold_ended\"")
                .contains("\"outcome\":\"expired\"", "\"waited_millis\":600000")
                .doesNotContain("\"by\"");
        assertThat(AuditJson.line(new AuditEvent.Finished(AuditEvents.AT, "K", "s-1", List.of("DELETE 5"), null)))
                .startsWith("{\"event\":\"finished\"")
                .contains("\"command_tags\":[\"DELETE 5\"]")
                .doesNotContain("sql_state");
    }

    @Test
    void a_long_statement_is_cut_and_says_so() {
        String text = statement("SELECT '" + "x".repeat(10_000) + "'");
        assertThat(text).startsWith("SELECT 'xxx").endsWith(" … (cut; 10009 characters in all)");
    }

    @Test
    void a_cut_never_splits_a_character() {
        assertThat(statement("x".repeat(8191) + "😀😀")).startsWith("x".repeat(8191) + " … (cut");
    }

    @Test
    void a_secret_on_the_cut_is_masked_to_the_end() {
        String sql = " ".repeat(8192 - 10) + "PASSWORD 'hunter2'";
        assertThat(statement("ALTER ROLE x" + sql)).doesNotContain("hunter");
        assertThat(statement("ALTER" + sql.substring(8)).substring(8000)).doesNotContain("hunter");
    }

    @Test
    void notes_are_bounded_and_masked_too() {
        AuditEvent.Voted vote = new AuditEvent.Voted(
                AuditEvents.AT, "K", "bob", "s", "reject", true, "password 'hunter2' " + "y".repeat(9999));
        assertThat(vote.detail()).startsWith("password '***' yyy").hasSizeLessThan(1200);
    }

    private static String statement(String text) {
        return ((AuditEvent.Decided) AuditEvents.decided("hold", text)).statement();
    }
}
