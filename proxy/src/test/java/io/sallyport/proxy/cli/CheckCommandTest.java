package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckCommandTest {
    private static final String POLICY = """
            version: 1
            rules:
              - name: pairs
                when: {kind: delete, user: "a*"}
                then: {hold: {message: read it twice}}
              - name: night
                when: {kind: update, hours: "00:00-06:00", timezone: UTC}
                then: deny
              - name: team
                when: {kind: truncate, role: interns}
                then: deny
            """;

    @TempDir
    private Path folder;

    @Test
    void text_names_place_rule_reason_and_part() throws IOException {
        Path script = Files.writeString(folder.resolve("s.sql"), """
                SELECT 1;
                  WITH gone AS (
                    DELETE FROM shop.users RETURNING *)
                SELECT * FROM gone;
                TRUNCATE a, b;
                """);
        Path policy = Files.writeString(folder.resolve("p.yaml"), POLICY);
        Invocation run = Invocation.of("check", "--policy", policy.toString(), "--user", "alice", script.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                %s:2:3: hold by rule "pairs": read it twice
                  2 | WITH gone AS (
                  3 |     DELETE FROM shop.users RETURNING *)
                    |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  select · class destroy · inside delete

                3 statements: 2 allow, 1 hold
                """.formatted(script));
    }

    @Test
    void jsonl_is_the_stable_contract() {
        Invocation run = Invocation.of("check", "--format", "jsonl", "--sql", "DELETE FROM users; SELECT now()");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("""
                {"decision":"hold","rule":"whole-table writes","readable":true,"statements":[\
                {"kind":"delete","class":"destroy","destructive":true,"tables":["users"],"where":"absent","functions":[],\
                "nested":[],"decision":"hold","rule":"whole-table writes","text":"DELETE FROM users","objects":[],\
                "settings":[],"cascade":false,"transactional":true,"deferred":[],"unreadable":null,"message":null,\
                "line":1,"column":1},\
                {"kind":"select","class":"read","destructive":false,"tables":[],"where":null,"functions":["now"],\
                "nested":[],"decision":"allow","rule":"default","text":"SELECT now()","objects":[],\
                "settings":[],"cascade":false,"transactional":true,"deferred":[],"unreadable":null,"message":null,\
                "line":1,"column":20}]}
                """);
    }

    @Test
    void every_input_line_has_its_output_line_in_order_whatever_it_is() {
        String input = """
                {"sql": "SELECT 1", "other": [{"sql": 2}]}
                {"sql": ""}

                {"sql": 1}
                {"sql": "DROP TABLE \\"Ü\\""}
                nonsense
                {"sql": "a", "sql": "b"}
                {"no": "sql"}
                {"sql": "x"} {}
                {"sql": "half \\ud83d"}
                {"sql": "zero \\u0000"}
                [{"sql": "SELECT 1"}]
                {"sql": "SELECT '\\ud83d\\ude00 é'"}""";
        Invocation run = Invocation.reading(input, Map.of(), "check", "--input", "jsonl", "--format", "jsonl");
        assertThat(run.exitCode()).isEqualTo(1);
        JsonMapper json = new JsonMapper();
        assertThat(run.out().lines().map(json::readTree).map(CheckCommandTest::summary))
                .containsExactly(
                        "allow by default of 1",
                        "allow by default of 0",
                        "deny: line 3: the line is empty; expected {\"sql\": \"…\"}",
                        "deny: line 4: the value of \"sql\" is not a string; expected {\"sql\": \"…\"}",
                        "hold by dropped objects of 1",
                        "deny: line 6: not JSON: Unrecognized token 'nonsense': was expecting (JSON String, Number,"
                                + " Array, Object or token 'null', 'true' or 'false')",
                        "deny: line 7: the key \"sql\" stands there twice",
                        "deny: line 8: no key \"sql\"; expected {\"sql\": \"…\"}",
                        "deny: line 9: more than one value; expected {\"sql\": \"…\"}",
                        "deny: line 10: the value of \"sql\" holds half a surrogate pair",
                        "hold by unreadable statements of 1",
                        "deny: line 12: not an object; expected {\"sql\": \"…\"}",
                        "allow by default of 1");
        assertThat(run.out()).endsWith("\n").contains("\"tables\":[\"Ü\"]", "SELECT '😀 é'");
    }

    private static String summary(JsonNode line) {
        String decision = line.get("decision").asString();
        int count = line.get("statements").size();
        boolean broken = line.has("error");
        assertThat(line.get("readable").asBoolean())
                .isEqualTo(!broken && !line.get("rule").asString().equals("unreadable statements"));
        return broken
                ? decision + ": " + line.get("error").asString()
                : decision + " by " + line.get("rule").asString() + " of " + count;
    }

    @Test
    void json_is_one_document() {
        JsonMapper json = new JsonMapper();
        JsonNode one = json.readTree(
                Invocation.of("check", "--format", "json", "--sql", "SELECT 1").out());
        assertThat(one.get("decision").asString()).isEqualTo("allow");
        JsonNode two =
                json.readTree(Invocation.of("check", "--format", "json", "--sql", "SELECT 1", "--sql", "DROP TABLE t")
                        .out());
        assertThat(two).hasSize(2);
        assertThat(two.get(1).get("rule").asString()).isEqualTo("dropped objects");
        JsonNode none = json.readTree(
                Invocation.of("check", "--format", "json", "--input", "jsonl").out());
        assertThat(none).isEmpty();
    }

    @Test
    void the_strictest_statement_decides_the_string() throws IOException {
        Path policy = Files.writeString(folder.resolve("p.yaml"), POLICY);
        JsonNode line = new JsonMapper()
                .readTree(Invocation.of(
                                "check",
                                "--policy",
                                policy.toString(),
                                "--format",
                                "jsonl",
                                "--user",
                                "alice",
                                "--at",
                                "2026-11-21T02:00:00Z",
                                "--sql",
                                "DELETE FROM t; UPDATE t SET i = 1; SELECT 1")
                        .out());
        assertThat(line.get("decision").asString()).isEqualTo("deny");
        assertThat(line.get("rule").asString()).isEqualTo("night");
        assertThat(line.get("statements").get(0).get("message").asString()).isEqualTo("read it twice");
    }

    @Test
    void who_where_and_when_are_what_the_options_say() throws IOException {
        String policy = Files.writeString(folder.resolve("p.yaml"), POLICY).toString();
        String[] update = {"check", "--policy", policy, "--sql", "UPDATE t SET i = 1", "--at"};
        assertThat(with(update, "2026-11-21T02:00:00Z")).isEqualTo(1);
        assertThat(with(update, "2026-11-21T12:00:00Z")).isZero();
        String[] truncate = {"check", "--policy", policy, "--sql", "TRUNCATE t"};
        assertThat(with(truncate)).isZero();
        assertThat(with(truncate, "--role", "staff", "--role", "interns")).isEqualTo(1);
        String[] delete = {"check", "--policy", policy, "--sql", "DELETE FROM t", "--user"};
        assertThat(with(delete, "alice")).isEqualTo(1);
        assertThat(with(delete, "bob")).isZero();
    }

    @Test
    void the_text_is_read_as_the_server_would_with_those_settings() {
        String[] escape = {"check", "--sql", "SELECT 'a\\'; DROP TABLE t; --'"};
        assertThat(with(escape)).isEqualTo(1);
        assertThat(with(escape, "--standard-conforming-strings", "off")).isZero();
        String[] letters = {"check", "--sql", "SELECT E'é'"};
        assertThat(with(letters)).isZero();
        assertThat(with(letters, "--encoding", "SJIS")).isEqualTo(1);
    }

    private static int with(String[] arguments, String... more) {
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Invocation.of(all).exitCode();
    }

    @Test
    void standard_input_is_a_script_too() {
        Invocation run = Invocation.reading("SELECT 1;\n\\d\nDROP TABLE t", Map.of(), "check");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("<stdin>:3:1: hold by rule \"dropped objects\"\n");
        assertThat(run.err())
                .isEqualTo(
                        "sallyport: commands of psql itself (lines that begin with \\) were passed over unjudged: 1\n");
    }

    @Test
    void usage_and_configuration_errors_answer_2() throws IOException {
        Path broken = Files.writeString(folder.resolve("p.yaml"), "rules: 1");
        Path absent = folder.resolve("none.sql");
        assertThat(Invocation.of("check", "--format", "xml").exitCode()).isEqualTo(2);
        assertThat(Invocation.of("check", "--at", "yesterday").exitCode()).isEqualTo(2);
        assertThat(Invocation.of("check", "--policy", broken.toString(), "--sql", "SELECT 1")
                        .exitCode())
                .isEqualTo(2);
        Invocation missing = Invocation.of("check", absent.toString());
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).isEqualTo("sallyport: " + absent + ": no such file\n");
        assertThat(Invocation.of("check", folder.toString()).err()).contains("it is a folder");
    }
}
