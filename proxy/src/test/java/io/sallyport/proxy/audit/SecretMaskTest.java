package io.sallyport.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER ROLE x PASSWORD 'hunter2'",
                "alter role x encrypted password'hunter2' VALID UNTIL 'tomorrow'",
                "ALTER ROLE x PASSWORD 'it''s hunter2'",
                "ALTER ROLE x PASSWORD E'it\\'s hunter2'",
                "ALTER ROLE x PASSWORD e'\\\\' 'hunter2'",
                "ALTER ROLE x PASSWORD U&'hunter2' UESCAPE '!'",
                "ALTER ROLE x PASSWORD $$hunter2$$",
                "ALTER ROLE x PASSWORD $a$it's $$ hunter2$a$",
                "ALTER ROLE x PASSWORD 'a'\n  'hunter2'",
                "ALTER ROLE x PASSWORD /* new */ -- one\n 'hunter2'",
                "ALTER ROLE x PASSWORD 'hunter2",
                "ALTER ROLE x PASSWORD $$hunter2",
                "ALTER ROLE x PASSWORD 'a\\'; hunter2'",
                "SELECT 'a\\'; ALTER ROLE x PASSWORD 'hunter2'",
                "ALTER ROLE x PASSWORD 'a'; ALTER ROLE y PASSWORD 'hunter2'",
                "-- password is hunter2\nDELETE FROM t",
                "/* password /* is */ hunter2 */ DELETE FROM t",
                "SELECT dblink_connect('host=db password=hunter2')",
                "SELECT dblink_connect('postgresql://alice:hunter2@db/orders')",
                "CREATE SUBSCRIPTION s CONNECTION 'host=db password=hunter2' PUBLICATION p",
                "CREATE USER MAPPING FOR x SERVER s OPTIONS (user 'x', password 'hunter2')",
                "SELECT set_config('sallyport.token', 'hunter2', false)",
                "SET sallyport.token = 'hunter2'",
                "SET sallyport.token = 'a;hunter2'",
                "SET sallyport.token TO hunter2",
                "SET SESSION sallyport . token = hunter2-hunter2",
                "SET \"sallyport\".\"token\" = \"hunter2\"",
                "UPDATE users SET password = 'hunter2' WHERE id = 1",
                "UPDATE users SET \"passwordHash\" = md5('salt' || lower('hunter2'))",
                "UPDATE users SET password = crypt('hunter2', gen_salt('bf'))",
                "SELECT * FROM users WHERE lower(password) IN ('a', 'hunter2')",
                "INSERT INTO users (name, password) VALUES ('alice', 'hunter2'), ('bob', 'hunter2')",
                "CALL create_user(password => 'hunter2')",
                "DO $$ BEGIN ALTER ROLE x PASSWORD 'hunter2'; END $$",
                "DO $a$ BEGIN EXECUTE 'ALTER ROLE x PASSWORD ''hunter2'''; END $a$",
                "DO 'BEGIN ALTER ROLE x PASSWORD ''hunter2''; END'",
                "SELECT '{\"password\": \"hunter2\"}'::jsonb",
                "SELECT 1 WHERE api_key = N'hunter2'",
            })
    void the_secret_is_not_in_what_is_written(String sql) {
        assertThat(SecretMask.mask(sql)).doesNotContain("hunter2").contains("***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM users WHERE created_at < '2024-01-01' AND environment = 'test'",
                "DELETE FROM password_resets WHERE environment = 'test'",
                "SELECT * FROM users WHERE token IS NULL AND environment = 'test'",
                "ALTER ROLE x PASSWORD NULL VALID UNTIL '2030-01-01'",
                "SELECT lower('passwords are not here')",
                "UPDATE tokens SET uses = uses + 1 WHERE note = 'a'",
                "SELECT $1, '\\', $$ body $$",
                "",
            })
    void what_is_no_secret_stays_readable(String sql) {
        assertThat(SecretMask.mask(sql)).isEqualTo(sql);
    }

    @Test
    void what_surrounds_the_secret_stays_readable() {
        assertThat(SecretMask.mask("ALTER ROLE x PASSWORD 'hunter2' VALID UNTIL '2030-01-01'; DROP TABLE t"))
                .isEqualTo("ALTER ROLE x PASSWORD '***' VALID UNTIL '2030-01-01'; DROP TABLE t");
        assertThat(SecretMask.mask("DO $$ BEGIN DELETE FROM a; ALTER ROLE x PASSWORD 'hunter2'; END $$"))
                .isEqualTo("DO $$ BEGIN DELETE FROM a; ALTER ROLE x PASSWORD '***'; END $$");
        assertThat(SecretMask.mask("DELETE FROM s WHERE token = 'hunter2' AND environment = 'test'"))
                .isEqualTo("DELETE FROM s WHERE token = '***' AND environment = 'test'");
    }

    @Test
    void bodies_nested_without_end_are_masked_as_a_whole() {
        StringBuilder sql = new StringBuilder("SELECT ");
        for (int i = 0; i < 2000; i++) {
            sql.append("$t").append(i).append("$ ");
        }
        sql.append("password 'hunter2'");
        for (int i = 1999; i >= 0; i--) {
            sql.append(" $t").append(i).append('$');
        }
        assertThat(SecretMask.mask(sql.toString())).doesNotContain("hunter2").contains("***");
    }
}
