package io.sallyport.proxy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.Policy;
import io.sallyport.policies.PolicyReader;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.rule.Glob;
import io.sallyport.proxy.replay.log.LogRecord;
import io.sallyport.proxy.replay.log.LogTime;
import io.sallyport.proxy.replay.log.UnreadableLines;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final Set<Decision> ALL = Set.of(Decision.values());
    private ReplayCounts counts = new ReplayCounts(ZoneOffset.UTC);
    private Replay replay = new Replay(Policy.builtIn(), Memberships.NONE, ReplayFilter.ALL, false, counts);

    private Summary summary() {
        return new Summariser(counts, new Summariser.Options(10, ALL, false))
                .summary("p", List.of(), replay, new UnreadableLines(), notes());
    }

    private List<String> notes() {
        return Summariser.notes(counts, replay.sessions(), new LogTime(null), false);
    }

    private void take(LogRecord... records) {
        for (LogRecord record : records) {
            replay.take(record);
        }
    }

    @Test
    void statements_are_counted_by_decision_rule_and_user() {
        take(
                Records.ran("1", "select 1"),
                Records.ran("1", "bob", Records.NOON, "DELETE FROM users"),
                Records.ran("2", "bob", Records.NOON, "delete from users;"));
        Summary summary = summary();
        assertThat(summary.statements()).isEqualTo(3);
        assertThat(summary.stopped()).isEqualTo(2);
        assertThat(summary.sessions()).isEqualTo(2);
        assertThat(summary.rules())
                .extracting(rule -> rule.decision() + " " + rule.rule() + " " + rule.count())
                .containsExactly("hold whole-table writes 2", "allow default 1");
        assertThat(summary.users())
                .extracting(party -> party.name() + " " + party.statements() + " " + party.stopped())
                .containsExactly("bob 2 2", "alice 1 0");
        assertThat(summary.fingerprints())
                .extracting(fingerprint -> fingerprint.count() + " " + fingerprint.text())
                .containsExactly("2 delete from users", "1 select ?");
        assertThat(summary.hours()).containsExactly(new Summary.Hour(12, 2));
    }

    @Test
    void a_rule_says_how_often_a_day_and_how_often_at_most() {
        for (int hour = 0; hour < 96; hour += 12) {
            int times = hour == 48 ? 5 : 1;
            for (int i = 0; i < times; i++) {
                take(Records.ran("1", "bob", Records.NOON.plus(Duration.ofHours(hour)), "truncate t"));
            }
        }
        take(Records.ran("1", "bob", Records.NOON.plus(Duration.ofDays(4)), "select 1"));
        Summary.RuleCount rule = summary().rules().get(0);
        assertThat(rule.count()).isEqualTo(12);
        assertThat(rule.perDay()).isEqualTo(3.0);
        Summary.Busiest busiest = Objects.requireNonNull(rule.busiest());
        assertThat(busiest.day()).isEqualTo("2026-02-02");
        assertThat(busiest.count()).isEqualTo(6);
    }

    @Test
    void one_text_is_judged_anew_for_each_user_and_time() {
        String yaml = """
                version: 1
                rules:
                  - {name: bob, when: {user: bob, kind: select}, then: deny}
                """;
        replay = new Replay(policy(yaml), Memberships.NONE, ReplayFilter.ALL, false, counts);
        take(
                Records.ran("1", "select 1"),
                Records.ran("1", "bob", Records.NOON, "select 1"),
                Records.ran("1", "select 1"));
        assertThat(summary().stopped()).isEqualTo(1);
    }

    @Test
    void roles_are_those_that_are_named_and_the_own() {
        String yaml = """
                version: 1
                rules:
                  - {name: dba, when: {role: [dba, carol], kind: select}, then: deny}
                """;
        Memberships memberships = new Memberships(Map.of("bob", Set.of("dev", "dba")));
        replay = new Replay(policy(yaml), memberships, ReplayFilter.ALL, false, counts);
        take(
                Records.ran("1", "alice", Records.NOON, "select 1"),
                Records.ran("1", "bob", Records.NOON, "select 1"),
                Records.ran("1", "carol", Records.NOON, "select 1"));
        assertThat(summary().stopped()).isEqualTo(2);
    }

    private static Policy policy(String yaml) {
        return Objects.requireNonNull(PolicyReader.read(yaml, "p").policy());
    }

    @Test
    void an_execute_is_judged_as_what_it_runs() {
        take(
                Records.record(
                        "1", "alice", Records.NOON, "statement: execute p(1)", "prepare: prepare p as delete from t"),
                Records.record(
                        "1", "alice", Records.NOON, "statement: execute p(1)", "Prepare: prepare p as delete from t"),
                Records.ran("2", "prepare q as select 1; prepare r as delete from t"),
                Records.ran("2", "execute q"),
                Records.ran("2", "execute r"),
                Records.ran("3", "execute r"));
        assertThat(summary().decisions())
                .extracting(decision -> decision.decision() + " " + decision.count())
                .containsExactly("allow 2", "hold 4");
        assertThat(notes()).singleElement().asString().startsWith("1 EXECUTE");
    }

    @Test
    void a_setting_changes_how_the_rest_of_its_session_is_read() {
        String hidden = "select 'a\\'b; delete from t; --'";
        take(
                Records.ran("1", "set standard_conforming_strings = off"),
                Records.ran("1", hidden),
                Records.ran("2", hidden),
                Records.ran("1", "reset all"),
                Records.ran("1", hidden),
                Records.ran("2", "begin; set local standard_conforming_strings = off"),
                Records.ran("2", "select 1"),
                Records.ran("2", "commit"),
                Records.ran("2", hidden),
                Records.ran("3", "alter role r set standard_conforming_strings = off"),
                Records.ran("3", hidden));
        assertThat(summary().rules())
                .extracting(rule -> rule.decision() + " " + rule.rule() + " " + rule.count())
                .contains("hold whole-table writes 4");
    }

    @Test
    void an_error_of_a_statement_that_was_logged_is_no_second_one() {
        take(
                Records.ran("1", "truncate nosuch"),
                Records.failed("1", "truncate nosuch"),
                Records.failed("2", "selec 1"));
        assertThat(summary().statements()).isEqualTo(1);
        assertThat(summary().skipped().failures()).isEqualTo(1);
        counts = new ReplayCounts(ZoneOffset.UTC);
        replay = new Replay(Policy.builtIn(), Memberships.NONE, ReplayFilter.ALL, true, counts);
        take(
                Records.ran("1", "truncate nosuch"),
                Records.failed("1", "truncate nosuch"),
                Records.failed("2", "selec 1"));
        assertThat(summary().statements()).isEqualTo(2);
    }

    @Test
    void a_session_without_names_has_those_of_its_login() {
        take(
                Records.record(
                        "7",
                        "",
                        Records.NOON,
                        "connection authorized: user=carol database=shop application_name=psql SSL enabled (protocol=x)",
                        null),
                Records.record("7", "", Records.NOON, "statement: select 1", null),
                Records.record("8", "", null, "statement: select 1", null));
        assertThat(summary().users()).extracting(Summary.Party::name).containsExactly("carol", "(not in the log)");
        assertThat(notes()).hasSize(2).allMatch(note -> note.startsWith("1 statements without a "));
    }

    @Test
    void filters_leave_out_and_count() {
        Instant noon = Records.NOON;
        ReplayFilter filter = new ReplayFilter(
                List.of(new Glob("b*")),
                List.of(new Glob("shop")),
                List.of(new Glob("psql")),
                noon,
                noon.plusSeconds(10));
        replay = new Replay(Policy.builtIn(), Memberships.NONE, filter, false, counts);
        take(
                Records.ran("1", "alice", noon, "select 1"),
                Records.ran("1", "bob", noon.minusSeconds(1), "select 1"),
                Records.ran("1", "bob", noon, "select 1"),
                Records.ran("1", "bob", noon.plusSeconds(10), "select 1"));
        assertThat(summary().statements()).isEqualTo(1);
        assertThat(summary().skipped().filtered()).isEqualTo(3);
    }

    @Test
    void hours_are_those_of_the_zone() {
        counts = new ReplayCounts(ZoneId.of("Asia/Kolkata"));
        replay = new Replay(Policy.builtIn(), Memberships.NONE, ReplayFilter.ALL, false, counts);
        take(Records.ran("1", "truncate t"));
        assertThat(summary().hours()).containsExactly(new Summary.Hour(17, 1));
    }

    @Test
    void many_different_statements_take_bounded_room_and_the_heavy_one_stays() {
        for (int i = 0; i < 30_000; i++) {
            take(Records.ran("s" + i, "user" + i, Records.NOON, "select c" + i), Records.ran("1", "truncate t"));
        }
        Summary summary = summary();
        assertThat(summary.fingerprints().get(0).count()).isEqualTo(30_000);
        assertThat(summary.fingerprintsDropped()).isBetween(20_000L, 30_000L);
        assertThat(summary.sessionsEstimated()).isTrue();
        assertThat(summary.users()).extracting(Summary.Party::name).contains("(others)");
    }

    @Test
    void passwords_are_never_shown() {
        take(Records.ran("1", "create role r password 'hunter2'"), Records.ran("1", "set sallyport.token = hunter2"));
        Summary shown = new Summariser(counts, new Summariser.Options(10, ALL, true))
                .summary("p", List.of(), replay, new UnreadableLines(), List.of());
        assertThat(shown.fingerprints())
                .hasSize(2)
                .allMatch(fingerprint -> !fingerprint.text().contains("hunter2"));
        assertThat(summary().fingerprints())
                .allMatch(fingerprint -> !fingerprint.text().contains("hunter2"));
    }
}
