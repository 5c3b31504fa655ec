package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PolicyCommandTest {
    @TempDir
    private Path folder;

    @Test
    void init_writes_a_policy_that_is_valid_and_decides_as_the_built_in_one() throws IOException {
        Path file = folder.resolve("policy.yaml");
        assertThat(Invocation.of("policy", "init", file.toString()).exitCode()).isZero();
        Invocation validate = Invocation.of("policy", "validate", file.toString());
        assertThat(validate.exitCode()).as(validate.out()).isZero();
        assertThat(validate.out()).isEqualTo(file + ": valid\n");
        assertThat(policy(file).describe()).isEqualTo(Policy.builtIn().describe());
    }

    @Test
    void every_example_of_the_starting_policy_is_valid_once_uncommented() throws IOException {
        String examples = Invocation.of("policy", "init").out().replaceAll("(?m)^  # (- name:|  )", "  $1");
        Path file = Files.writeString(folder.resolve("uncommented.yaml"), examples);
        Invocation validate = Invocation.of("policy", "validate", file.toString());
        assertThat(validate.out()).isEqualTo(file + ": valid\n");
        assertThat(policy(file).describe())
                .endsWith(Policy.builtIn().describe())
                .hasLineCount(4 + (int) Policy.builtIn().describe().lines().count());
    }

    @Test
    void init_overwrites_only_when_forced() throws IOException {
        Path file = Files.writeString(folder.resolve("policy.yaml"), "mine");
        Invocation refused = Invocation.of("policy", "init", file.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).isEqualTo("sallyport: " + file + ": exists already; --force overwrites it\n");
        assertThat(file).hasContent("mine");
        assertThat(Invocation.of("policy", "init", "--force", file.toString()).exitCode())
                .isZero();
        assertThat(Files.readString(file))
                .isEqualTo(Invocation.of("policy", "init").out());
    }

    @Test
    void validate_names_every_problem_of_every_file_with_its_place() throws IOException {
        Path first = Files.writeString(folder.resolve("a.yaml"), "version: 1\nrulez: []\n");
        Path second = Files.writeString(folder.resolve("b.yaml"), "version: 2\nrules: []\n");
        Path absent = folder.resolve("none.yaml");
        Invocation run = Invocation.of("policy", "validate", first.toString(), second.toString(), absent.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out().lines())
                .anyMatch(line -> line.startsWith(first + ":2:1: ") && line.contains("did you mean 'rules'?"))
                .anyMatch(line -> line.startsWith(second + ":1:10: version: expected 1"))
                .anyMatch(line -> line.startsWith(second + ":2:8: rules: expected a list of rules"))
                .contains(absent + ": no such file");
    }

    @Test
    void validate_speaks_json_too() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), "version: 1\nrulez: []\n");
        Invocation run = Invocation.of("policy", "validate", "--format", "json", file.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        JsonNode json = new JsonMapper().readTree(run.out());
        assertThat(json.get("valid").asBoolean()).isFalse();
        assertThat(json.get("warnings")).isEmpty();
        JsonNode problem = json.get("problems").get(0);
        assertThat(problem.propertyNames()).containsExactly("file", "line", "column", "message");
    }

    @Test
    void nothing_asked_is_a_usage_error_that_shows_the_help() {
        Invocation run = Invocation.of("policy");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("validate", "init");
    }

    private static Policy policy(Path file) {
        try {
            return PolicyFile.read(file);
        } catch (CommandFailure e) {
            throw new AssertionError(e);
        }
    }
}
