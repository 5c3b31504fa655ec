package io.sallyport.proxy.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.policies.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PolicyWatchTest {
    private static final String ALLOW = """
            version: 1
            include: lists.yaml
            rules:
              - name: a
                when: {user: $people}
                then: allow
            """;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T02:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final PolicyObserver observer = new PolicyObserver() {
        @Override
        public void loaded(LoadedPolicy policy) {
            heard.add("loaded");
        }

        @Override
        public void refused(LoadedPolicy policy) {
            heard.add("refused: " + policy.messages().get(0));
        }
    };

    @Test
    void a_change_of_the_same_length_and_time_is_seen_also_in_an_included_file() throws IOException {
        Path file = policy();
        Path lists = folder.resolve("lists.yaml");
        FileTime time = Files.getLastModifiedTime(lists);
        try (Running running = new Running(file)) {
            Policy before = running.inForce.get();
            Files.writeString(lists, "lists: {people: [carol]}");
            Files.setLastModifiedTime(lists, time);
            await().until(() -> running.inForce.get() != before);
            assertThat(running.inForce.get().describe()).contains("carol");
            assertThat(heard).containsExactly("loaded", "loaded");
        }
    }

    @Test
    void each_broken_state_is_told_once_and_the_policy_stays() throws IOException {
        Path file = policy();
        try (Running running = new Running(file)) {
            Policy before = running.inForce.get();
            Files.delete(folder.resolve("lists.yaml"));
            await().until(() -> heard.size() == 2);
            assertThat(heard.get(1)).contains("cannot include 'lists.yaml': no such file");
            Files.writeString(file, ALLOW.substring(0, ALLOW.indexOf("$people")));
            await().until(() -> heard.size() == 3);
            assertThat(heard.get(2)).startsWith("refused: " + file);
            assertThat(running.inForce.get()).isSameAs(before);
            assertThat(running.inForce.status().get(1)[1])
                    .startsWith("failed at 2026-11-21T02:00:00Z: " + file.getParent());
            policy();
            await().until(() -> heard.size() == 4);
            assertThat(heard.get(3)).isEqualTo("loaded");
            assertThat(running.inForce.status()).hasSize(1);
        }
    }

    @Test
    void a_pipe_in_place_of_a_file_is_refused_and_a_good_file_after_it_is_taken_up() throws Exception {
        Path file = policy();
        try (Running running = new Running(file)) {
            pipe(folder.resolve("lists.yaml"));
            await().until(() -> heard.size() == 2);
            assertThat(heard.get(1)).contains("cannot include 'lists.yaml': is no regular file");
            pipe(file);
            await().until(() -> heard.size() == 3);
            assertThat(heard.get(2)).endsWith("is no regular file");
            Files.delete(file);
            Files.delete(folder.resolve("lists.yaml"));
            policy();
            await().until(() -> heard.lastIndexOf("loaded") > 2);
            assertThat(running.inForce.status()).hasSize(1);
        }
    }

    @Test
    void a_file_nested_too_deep_to_be_read_is_refused_once() throws IOException {
        Path file = policy();
        try (Running running = new Running(file)) {
            Files.writeString(file, "[".repeat(200_000));
            await().until(() -> heard.size() == 2);
            assertThat(heard.get(1)).endsWith("nested far more than 20 deep");
            assertThat(running.inForce.status()).hasSize(2);
        }
    }

    private static void pipe(Path file) throws Exception {
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void a_closed_watch_sees_nothing_more() throws IOException {
        Path file = policy();
        Running running = new Running(file);
        running.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("policy-watch")));
        assertThat(heard).containsExactly("loaded");
    }

    @Test
    void the_status_names_file_digest_and_time() throws IOException {
        LoadedPolicy loaded = PolicyLoader.load(policy());
        PolicyInForce inForce = new PolicyInForce(loaded, CLOCK, observer);
        assertThat(inForce.status())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsExactly(
                                "policy",
                                loaded.file() + " (sha-256 " + loaded.sha256().substring(0, 12)
                                        + ", since 2026-11-21T02:00:00Z)"));
        assertThat(PolicyInForce.builtIn(observer).status())
                .singleElement()
                .satisfies(row -> assertThat(row).containsExactly("policy", "built-in"));
    }

    private Path policy() throws IOException {
        Files.writeString(folder.resolve("lists.yaml"), "lists: {people: [alice]}");
        return Files.writeString(folder.resolve("policy.yaml"), ALLOW);
    }

    private final class Running implements AutoCloseable {
        private final PolicyInForce inForce;
        private final PolicyWatch watch;

        Running(Path file) {
            LoadedPolicy first = PolicyLoader.load(file);
            inForce = new PolicyInForce(first, CLOCK, observer);
            watch = PolicyWatch.start(first, inForce, Duration.ofMillis(20));
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
