package io.sallyport.proxy.it.honest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every database tool asks a driver for before it shows its first window. */
final class JdbcMetadataIT {
    @ParameterizedTest
    @ValueSource(strings = {"", "?preferQueryMode=simple", "?preferQueryMode=extendedCacheEverything"})
    void every_question_about_the_schema_is_answered(String parameters) throws SQLException {
        try (HonestPlace place = new HonestPlace()) {
            place.prepare("""
                    CREATE TABLE a (id int PRIMARY KEY, s text DEFAULT 'drop');
                    CREATE TABLE b (a int REFERENCES a ON DELETE CASCADE);
                    CREATE FUNCTION f(x int, OUT y int) LANGUAGE sql AS 'SELECT x';
                    CREATE TYPE pair AS (l int, r int); GRANT SELECT ON a TO PUBLIC""");
            try (Connection connection = DriverManager.getConnection(place.url() + parameters, "app", "")) {
                DatabaseMetaData data = connection.getMetaData();
                List<ResultSet> answers = new ArrayList<>(List.of(
                        data.getTables(null, "public", "%", null),
                        data.getColumns(null, "public", "%", "%"),
                        data.getPrimaryKeys(null, "public", "a"),
                        data.getImportedKeys(null, "public", "b"),
                        data.getExportedKeys(null, "public", "a"),
                        data.getCrossReference(null, "public", "a", null, "public", "b"),
                        data.getIndexInfo(null, "public", "a", false, true),
                        data.getBestRowIdentifier(null, "public", "a", DatabaseMetaData.bestRowSession, true),
                        data.getVersionColumns(null, "public", "a"),
                        data.getTablePrivileges(null, "public", "%"),
                        data.getColumnPrivileges(null, "public", "a", "%"),
                        data.getProcedures(null, "%", "%"),
                        data.getProcedureColumns(null, "public", "%", "%"),
                        data.getFunctions(null, "%", "%"),
                        data.getFunctionColumns(null, "public", "%", "%"),
                        data.getSchemas(),
                        data.getCatalogs(),
                        data.getTableTypes(),
                        data.getTypeInfo(),
                        data.getUDTs(null, "public", "%", null),
                        data.getClientInfoProperties()));
                for (ResultSet answer : answers) {
                    while (answer.next()) {
                        assertThat(answer.getMetaData().getColumnCount()).isPositive();
                    }
                    answer.close();
                }
                assertThat(data.getSQLKeywords()).isNotEmpty();
                assertThat(data.getMaxColumnNameLength()).isEqualTo(63);
                assertThat(data.getDatabaseProductVersion()).isNotEmpty();
            }
        }
    }
}
