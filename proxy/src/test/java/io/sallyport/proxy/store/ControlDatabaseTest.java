package io.sallyport.proxy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.proxy.config.ControlSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlDatabaseTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private Path directory;

    private ControlSettings file() {
        return new ControlSettings(
                "jdbc:h2:file:" + directory.resolve("data").resolve("control"), "", null, Duration.ofDays(1));
    }

    private static int replicas(ControlDatabase database) throws StoreUnavailable {
        return database.call(handle -> handle.createQuery("SELECT count(*) FROM replica")
                .mapTo(Integer.class)
                .one());
    }

    private static void add(ControlDatabase database, String id) throws StoreUnavailable {
        database.call(handle -> handle.execute(
                "INSERT INTO replica (id, name, started_at, seen_at)"
                        + " VALUES (?, 'r', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
                id));
    }

    @Test
    void file_keeps_what_was_written_and_is_its_owners_alone() throws IOException, StoreUnavailable {
        try (ControlDatabase first = ControlDatabase.open(file(), CLOCK)) {
            add(first, "a");
        }
        try (ControlDatabase again = ControlDatabase.open(file(), CLOCK)) {
            assertThat(replicas(again)).isEqualTo(1);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("data"))))
                .isEqualTo("rwx------");
    }

    @Test
    void what_is_in_memory_is_gone_with_the_process_and_no_other_sees_it() throws IOException, StoreUnavailable {
        try (ControlDatabase one = ControlDatabase.open(ControlSettings.IN_MEMORY, CLOCK);
                ControlDatabase other = ControlDatabase.open(ControlSettings.IN_MEMORY, CLOCK)) {
            add(one, "a");
            assertThat(replicas(one)).isEqualTo(1);
            assertThat(replicas(other)).isZero();
        }
    }

    @Test
    void work_that_fails_halfway_leaves_nothing() throws IOException, StoreUnavailable {
        try (ControlDatabase database = ControlDatabase.open(ControlSettings.IN_MEMORY, CLOCK)) {
            assertThatThrownBy(() -> database.call(handle -> {
                        handle.execute("INSERT INTO replica (id, name, started_at, seen_at)"
                                + " VALUES ('x', 'r', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)");
                        return handle.execute("INSERT INTO no_such_table VALUES (1)");
                    }))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("no_such_table");
            assertThat(database.availability().up()).isTrue();
            assertThat(replicas(database)).isZero();
        }
    }

    @Test
    void file_that_cannot_be_opened_says_why_and_what_to_do() throws IOException {
        Path occupied = Files.createFile(directory.resolve("occupied"));
        ControlSettings settings =
                new ControlSettings("jdbc:h2:file:" + occupied.resolve("control"), "", null, Duration.ofDays(1));
        assertThatThrownBy(() -> ControlDatabase.open(settings, CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("control.url: ")
                .hasMessageContaining("occupied");
    }

    @Test
    void server_that_is_away_does_not_keep_the_proxy_from_starting() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        ControlSettings settings = new ControlSettings(
                "jdbc:postgresql://127.0.0.1:" + closed + "/control", "sallyport", null, Duration.ofDays(1));
        try (ControlDatabase database = ControlDatabase.open(settings, CLOCK)) {
            assertThat(database.availability().up()).isFalse();
            assertThat(database.availability().why()).contains("refused");
            assertThatThrownBy(() -> replicas(database)).isInstanceOf(StoreUnavailable.class);
        }
    }
}
