package io.sallyport.proxy.demo;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The sample data: database {@code shop}, and {@code production_db} to lose in a wrong terminal. */
final class SampleShop {
    static final String DATABASE = "shop";
    static final String DOOMED_DATABASE = "production_db";
    static final int USERS = 200_000;
    static final int OLD_USERS = 12_000;
    static final int OLD_TEST_USERS = 4_000;

    private SampleShop() {}

    static void create(DemoServer server) throws SQLException, IOException {
        try (Connection postgres = server.superuser("postgres");
                Statement statement = postgres.createStatement()) {
            statement.execute(Resources.text("roles.sql"));
            // alice owns it, so the server itself would let her drop it.
            statement.execute("CREATE DATABASE " + DOOMED_DATABASE + " OWNER alice");
            statement.execute("CREATE DATABASE " + DATABASE + " OWNER shop_owner");
        }
        try (Connection shop = server.superuser(DATABASE);
                Statement statement = shop.createStatement()) {
            statement.execute(Resources.text("shop.sql"));
        }
    }

    /** What is in {@code users}, asked of the server itself. */
    record Census(long users, long old, long oldTest) {}

    static Census census(DemoServer server) throws SQLException {
        String sql = """
                SELECT count(*),
                       count(*) FILTER (WHERE created_at < '2024-01-01'),
                       count(*) FILTER (WHERE created_at < '2024-01-01' AND environment = 'test')
                FROM users""";
        try (Connection shop = server.superuser(DATABASE);
                Statement statement = shop.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Census(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    static long orders(DemoServer server) throws SQLException {
        try (Connection shop = server.superuser(DATABASE);
                Statement statement = shop.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM orders")) {
            row.next();
            return row.getLong(1);
        }
    }

    static boolean hasDatabase(DemoServer server, String name) throws SQLException {
        try (Connection postgres = server.superuser("postgres");
                var statement = postgres.prepareStatement("SELECT FROM pg_database WHERE datname = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
