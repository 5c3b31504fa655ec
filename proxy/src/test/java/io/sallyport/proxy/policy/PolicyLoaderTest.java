package io.sallyport.proxy.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyLoaderTest {
    private static final String RULES = """
            version: 1
            include: shared/lists.yaml
            rules:
              - include: shared/rules.yaml
            """;

    @TempDir
    private Path folder;

    @Test
    void includes_are_looked_up_from_the_file_that_includes_them() throws IOException {
        Path main = included();
        LoadedPolicy loaded = PolicyLoader.load(main);
        assertThat(loaded.messages()).isEmpty();
        Policy policy = Objects.requireNonNull(loaded.policy());
        assertThat(policy.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.name()).isEqualTo("shared");
            assertThat(rule.file())
                    .isEqualTo(folder.resolve("shared/rules.yaml").toString());
        });
        assertThat(loaded.files().keySet())
                .containsExactlyInAnyOrder(
                        main,
                        folder.resolve("shared/lists.yaml"),
                        folder.resolve("shared/more/lists.yaml"),
                        folder.resolve("shared/rules.yaml"));
    }

    @Test
    void the_digest_changes_with_every_file() throws IOException {
        Path main = included();
        String before = PolicyLoader.load(main).sha256();
        assertThat(PolicyLoader.load(main).sha256()).isEqualTo(before).hasSize(64);
        Files.writeString(folder.resolve("shared/more/lists.yaml"), "lists: {people: [bob]}");
        assertThat(PolicyLoader.load(main).sha256()).isNotEqualTo(before);
    }

    @Test
    void the_digest_of_one_file_is_that_of_sha256sum() throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), "abc");
        assertThat(PolicyLoader.load(file).sha256())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void what_cannot_be_read_is_a_problem() throws IOException {
        Path main = included();
        Files.delete(folder.resolve("shared/lists.yaml"));
        assertThat(PolicyLoader.load(main).messages())
                .first()
                .asString()
                .startsWith(main + ":2:10: cannot include 'shared/lists.yaml': no such file");
        assertThat(PolicyLoader.load(folder).messages()).containsExactly(folder + ": is a folder");
        assertThat(PolicyLoader.load(folder.resolve("x")).messages())
                .containsExactly(folder.resolve("x") + ": no such file");
        Path other = Files.write(folder.resolve("latin1.yaml"), new byte[] {'#', (byte) 0xe9, '\n'});
        assertThat(PolicyLoader.load(other).messages())
                .singleElement()
                .asString()
                .contains("not UTF-8");
    }

    private Path included() throws IOException {
        Files.createDirectories(folder.resolve("shared/more"));
        Files.writeString(folder.resolve("shared/lists.yaml"), "include: more/lists.yaml\n");
        Files.writeString(folder.resolve("shared/more/lists.yaml"), "lists: {people: [alice]}");
        Files.writeString(folder.resolve("shared/rules.yaml"), """
                rules:
                  - name: shared
                    when: {user: $people}
                    then: hold
                """);
        return Files.writeString(folder.resolve("policy.yaml"), RULES);
    }
}
