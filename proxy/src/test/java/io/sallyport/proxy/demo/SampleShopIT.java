package io.sallyport.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;

final class SampleShopIT {
    @TempDir
    static Path folder;

    private static DemoServer server;

    @BeforeAll
    static void start() throws Exception {
        server = DemoServer.start(folder, 0);
        SampleShop.create(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shop_has_what_the_story_tells() throws SQLException {
        assertThat(SampleShop.census(server)).isEqualTo(new SampleShop.Census(200_000, 12_000, 4_000));
        assertThat(SampleShop.hasDatabase(server, "production_db")).isTrue();
    }

    @Test
    void unguarded_delete_of_the_story_hits_exactly_12000_rows() throws SQLException {
        try (Connection alice = server.endpoint().connect("alice", "alice", "shop", true);
                Statement statement = alice.createStatement()) {
            alice.setAutoCommit(false);
            assertThat(statement.executeUpdate("DELETE FROM users WHERE created_at < '2024-01-01'"))
                    .isEqualTo(12_000);
            alice.rollback();
        }
    }

    @Test
    void server_itself_would_let_alice_drop_the_production_database() throws SQLException {
        try (Connection alice = server.endpoint().connect("alice", "alice", "production_db", true);
                Statement statement = alice.createStatement()) {
            // Refused only because she stands in it: permission is checked first (dropdb in dbcommands.c).
            assertThatThrownBy(() -> statement.execute("DROP DATABASE production_db"))
                    .isInstanceOfSatisfying(
                            PSQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("55006"));
        }
    }

    @Test
    void nobody_logs_in_with_a_wrong_password_not_even_the_superuser() {
        for (String user : new String[] {"alice", "postgres"}) {
            assertThatThrownBy(() -> server.endpoint().connect(user, "guess", "shop", true))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
    }
}
