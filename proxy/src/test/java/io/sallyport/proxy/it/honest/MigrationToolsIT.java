package io.sallyport.proxy.it.honest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools themselves: their locks, history tables and checks pass, and migrations that only add. */
final class MigrationToolsIT {
    private static final String FIRST = """
            CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
            CREATE TABLE orders (id bigserial PRIMARY KEY, customer bigint REFERENCES customers, total numeric);
            CREATE INDEX orders_of_customer ON orders (customer);
            CREATE FUNCTION forget(who bigint) RETURNS void LANGUAGE plpgsql AS $$
            BEGIN
              DELETE FROM orders WHERE customer = who;
            END $$;
            """;
    private static final String SECOND = """
            ALTER TABLE customers ADD COLUMN email text;
            UPDATE customers SET email = name || '@example.org' WHERE email IS NULL;
            CREATE OR REPLACE VIEW big_orders AS SELECT * FROM orders WHERE total > 1000;
            INSERT INTO customers (name) VALUES ('drop table; truncate'), ('O''Neill');
            """;

    @Test
    void flyway_baselines_migrates_validates_and_repairs(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("V1__first.sql"), FIRST);
        Files.writeString(folder.resolve("V2__second.sql"), SECOND);
        Files.writeString(
                folder.resolve("R__repeated.sql"), "CREATE OR REPLACE VIEW names AS SELECT name FROM customers");
        try (HonestPlace place = new HonestPlace()) {
            Flyway flyway = Flyway.configure()
                    .dataSource(place.url(), "app", "")
                    .locations("filesystem:" + folder)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load();
            assertThat(flyway.migrate().migrationsExecuted).isEqualTo(3);
            assertThat(flyway.validateWithResult().validationSuccessful).isTrue();
            Files.writeString(folder.resolve("V2__second.sql"), SECOND + "-- changed afterwards\n");
            flyway.repair();
            assertThat(flyway.migrate().migrationsExecuted).isZero();
            assertThat(flyway.info().applied()).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void liquibase_locks_updates_tags_and_clears_its_checksums(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("changes.sql"), """
                --liquibase formatted sql
                --changeset ada:1 splitStatements:false
                %s
                --changeset ada:2
                %s
                """.formatted(FIRST, SECOND));
        try (HonestPlace place = new HonestPlace();
                Connection connection = DriverManager.getConnection(place.url(), "app", "");
                Liquibase liquibase = new Liquibase(
                        "changes.sql", new DirectoryResourceAccessor(folder), new JdbcConnection(connection))) {
            liquibase.update(new Contexts());
            liquibase.tag("v1");
            liquibase.clearCheckSums();
            liquibase.update(new Contexts());
            assertThat(liquibase.tagExists("v1")).isTrue();
            assertThat(liquibase.listUnrunChangeSets(new Contexts(), null)).isEmpty();
        }
    }
}
