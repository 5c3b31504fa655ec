package io.sallyport.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CleanupTest {
    private final List<String> ended = new ArrayList<>();
    private final Cleanup cleanup = new Cleanup();

    @Test
    void what_was_started_last_ends_first_and_once() {
        own("server");
        own("proxy");

        cleanup.close();
        cleanup.close();

        assertThat(ended).containsExactly("proxy", "server");
    }

    @Test
    void rest_is_ended_although_one_fails() {
        own("server");
        cleanup.own(() -> () -> {
            throw new IOException("will not end");
        });

        cleanup.close();

        assertThat(ended).containsExactly("server");
    }

    @Test
    void nothing_starts_once_the_end_has_begun() {
        cleanup.close();

        assertThatThrownBy(() -> own("late")).isInstanceOf(IllegalStateException.class);
        assertThat(ended).isEmpty();
    }

    @Test
    void folder_goes_with_all_that_was_put_into_it() throws IOException {
        Path folder = cleanup.folder();
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/b/c"), "x");

        cleanup.close();

        assertThat(folder).doesNotExist();
    }

    private void own(String name) {
        cleanup.own(() -> () -> ended.add(name));
    }
}
