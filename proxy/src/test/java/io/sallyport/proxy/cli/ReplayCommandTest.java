package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayCommandTest {
    private static final String PREFIX = "2026-01-31 02:00:00.000 CET [7] alice@shop LOG:  statement: ";

    @TempDir
    private Path folder;

    private String mild = "";
    private String wild = "";

    @BeforeEach
    void write_logs() throws IOException {
        mild = Files.writeString(folder.resolve("mild.log"), PREFIX + "select 1\n" + PREFIX + "select 2\n")
                .toString();
        wild = Files.writeString(
                        folder.resolve("wild.log"),
                        PREFIX + "delete from users where name <> 'x' or true\n" + PREFIX + "drop table users\n")
                .toString();
    }

    @Test
    void nothing_to_stop_is_exit_code_zero() {
        Invocation replay = Invocation.of("replay", mild);
        assertThat(replay.exitCode()).isZero();
        assertThat(replay.err()).isEmpty();
        assertThat(replay.out()).contains("2 statements of 1 session", "None would be stopped.");
    }

    @Test
    void something_to_stop_is_exit_code_one_and_shown_without_values() {
        Invocation replay = Invocation.of("replay", "--timezone", "Europe/Berlin", mild, wild);
        assertThat(replay.exitCode()).isEqualTo(1);
        assertThat(replay.out())
                .contains(
                        "4 statements of 1 session, 2026-01-31 02:00:00 to 2026-01-31 02:00:00 Europe/Berlin",
                        "2 would be stopped: 50.0%",
                        "dropped objects",
                        "drop table users",
                        "02:00",
                        "first at " + wild + ":2")
                .doesNotContain("'x'");
    }

    @Test
    void json_says_the_same_to_programs() {
        JsonNode summary = JsonMapper.shared()
                .readTree(Invocation.of("replay", "--format", "json", "--show-literals", mild, wild)
                        .out());
        assertThat(summary.get("statements").asInt()).isEqualTo(4);
        assertThat(summary.get("stopped").asInt()).isEqualTo(2);
        assertThat(summary.get("span").get("first").asString()).isEqualTo("2026-01-31T01:00:00Z");
        assertThat(summary.get("fingerprints")).hasSize(2);
        assertThat(summary.get("fingerprints").findValuesAsString("text"))
                .contains("delete from users where name <> 'x' or true");
    }

    @Test
    void fingerprints_can_be_chosen() {
        String out = Invocation.of("replay", "--only", "allow,deny", "--top", "5", mild, wild)
                .out();
        assertThat(out).contains("2 × allow, rule \"default\"\n    select ?").doesNotContain("drop table users");
    }

    @Test
    void filters_choose_whose_statements() {
        assertThat(Invocation.of("replay", "--user", "bob", wild).exitCode()).isZero();
        assertThat(Invocation.of("replay", "--since", "2026-02-01", wild).exitCode())
                .isZero();
        assertThat(Invocation.of("replay", "--until", "2026-01-31 01:00", wild).exitCode())
                .isZero();
        assertThat(Invocation.of("replay", "--database", "s?op", "--since", "2026-01-31T01:00:00Z", wild)
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void a_policy_of_ones_own_decides() throws IOException {
        Path policy = Files.writeString(
                folder.resolve("p.yaml"),
                "version: 1\nrules: [{name: no reading, when: {kind: select}, then: deny}]\n");
        Invocation replay = Invocation.of("replay", "--policy", policy.toString(), mild);
        assertThat(replay.exitCode()).isEqualTo(1);
        assertThat(replay.out()).contains("under the policy " + policy, "2 × deny, rule \"no reading\"");
    }

    @Test
    void an_empty_log_has_nothing_to_stop() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.log"));
        assertThat(Invocation.of("replay", empty.toString()).exitCode()).isZero();
    }

    @Test
    void what_cannot_be_used_is_exit_code_two_with_a_reason() throws IOException {
        Path odd = Files.writeString(folder.resolve("odd.log"), "once upon a time\n");
        assertFails("nowhere.log: no such file", "nowhere.log");
        assertFails(odd + ": no known log_line_prefix fits", odd.toString());
        assertFails(folder + ": cannot be read", folder.toString());
        assertFails("expected one of allow, delay, confirm, hold, deny, found 'held'", "--only", "held", mild);
        assertFails("expected one of csvlog, jsonlog, stderr, audit, found 'csv'", "--input", "csv", mild);
        assertFails("option --since: \"soon\" is no time; expected 2026-01-31", "--since", "soon", mild);
        assertFails("%z is unknown", "--log-line-prefix", "%z ", mild);
        assertFails(mild + ": no record of jsonlog in it; expected another --input", "--input", "jsonlog", mild);
        assertFails("Missing required parameter: 'LOG'");
    }

    private static void assertFails(String reason, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "replay";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Invocation replay = Invocation.of(all);
        assertThat(replay.err()).contains(reason);
        assertThat(replay.exitCode()).isEqualTo(2);
    }
}
