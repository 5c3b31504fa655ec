package io.sallyport.proxy.it.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transaction did is looked at for pgjdbc too, in each of its ways to talk. */
@Timeout(120)
final class EffectsDriverIT {
    private EffectsStage stage;

    @BeforeEach
    void opens() {
        stage = new EffectsStage();
    }

    @AfterEach
    void closes() {
        stage.close();
    }

    private Connection connect(String mode) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + stage.proxy.port() + "/" + stage.database
                + "?user=alice&ApplicationName=gated&preferQueryMode=" + mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"extended", "simple", "extendedForPrepared", "extendedCacheEverything"})
    void function_that_deletes_is_held_and_runs_once_it_is_approved(String mode) throws Exception {
        try (Connection connection = connect(mode);
                PreparedStatement call = connection.prepareStatement("SELECT deleter() + ?")) {
            call.setInt(1, 41);
            CompletableFuture<Boolean> rejected =
                    CompletableFuture.supplyAsync(() -> stage.bob.reject(stage.bob.awaitHold(), "no"));
            assertThatThrownBy(call::executeQuery).hasMessageContaining("rejected");
            assertThat(rejected.get()).isTrue();
            assertThat(stage.count("log")).isEqualTo("10");
            CompletableFuture<Boolean> approved =
                    CompletableFuture.supplyAsync(() -> stage.bob.approve(stage.bob.awaitHold()));
            try (var rows = call.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(42);
            }
            assertThat(approved.get()).isTrue();
            assertThat(stage.count("log")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"extended", "simple"})
    void commit_is_held_and_rejected_leaves_everything_as_it_was(String mode) throws Exception {
        try (Connection connection = connect(mode);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO armed VALUES (1)");
            CompletableFuture<Boolean> rejected =
                    CompletableFuture.supplyAsync(() -> stage.bob.reject(stage.bob.awaitHold(), "no"));
            assertThatThrownBy(connection::commit).hasMessageContaining("rejected");
            assertThat(rejected.get()).isTrue();
            connection.rollback();
            assertThat(stage.count("log")).isEqualTo("10");
            statement.execute("INSERT INTO tiny VALUES (3)");
            connection.commit();
            assertThat(stage.count("tiny")).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"extended", "simple"})
    void many_small_statements_pass_with_their_counts(String mode) throws SQLException {
        try (Connection connection = connect(mode);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO tiny VALUES (?)")) {
            for (int i = 0; i < 20; i++) {
                insert.setInt(1, i);
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
            for (int i = 0; i < 5; i++) {
                insert.setInt(1, i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1, 1, 1);
        }
        assertThat(stage.count("tiny")).isEqualTo("27");
    }
}
