package io.sallyport.proxy.token.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.sql.LexerSettings;
import io.sallyport.proxy.token.TokenSecret;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextScreenTest {
    private static final TokenSecret SECRET = TokenSecret.random();
    private static final String TOKEN = SECRET.reveal();
    private static final String BLANKS = "x".repeat(TOKEN.length());

    private record Found(String text, Screening screening) {}

    private static Found blank(String sql) {
        byte[] text = sql.replace("$TOKEN", TOKEN).getBytes(StandardCharsets.UTF_8);
        int length = text.length;
        Screening screening = TextScreen.blank(text, LexerSettings.DEFAULT);
        String blanked = new String(text, StandardCharsets.UTF_8);
        assertThat(text).hasSize(length);
        assertThat(blanked).doesNotContain(TOKEN.substring(4, 20));
        return new Found(blanked, screening);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET sallyport.token = '$TOKEN'",
                "set SALLYPORT . Token to '$TOKEN';",
                "SET SESSION sallyport.token='$TOKEN'; DELETE FROM t",
                "SET \"sallyport\".\"token\" = '$TOKEN'",
                "SET \"sallyport.token\" = '$TOKEN'",
                "BEGIN; /* now */ SET sallyport.token TO '$TOKEN'",
                "SELECT set_config('sallyport.token', '$TOKEN', false)",
                "SELECT pg_catalog.set_config('Sallyport.TOKEN','$TOKEN',FALSE) AS x, 1"
            })
    void token_is_presented_for_the_session(String sql) {
        Found found = blank(sql);
        assertThat(found.screening().problem()).isNull();
        assertThat(Objects.requireNonNull(found.screening().forSession()).hash())
                .isEqualTo(SECRET.hash());
        assertThat(found.text()).isEqualTo(sql.replace("$TOKEN", BLANKS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* sallyport.token=$TOKEN */ DELETE FROM t",
                "/*sallyport.token=$TOKEN*/DELETE FROM t",
                "-- sallyport.token = $TOKEN\nDELETE FROM t",
                "DELETE FROM t /*app='x',sallyport.token='$TOKEN'*/"
            })
    void token_in_a_comment_is_for_its_statement(String sql) {
        Found found = blank(sql);
        assertThat(found.screening().problem()).isNull();
        assertThat(found.screening().forSession()).isNull();
        assertThat(Objects.requireNonNull(found.screening().forStatement()).hash())
                .isEqualTo(SECRET.hash());
        assertThat(found.text()).isEqualTo(sql.replace("$TOKEN", BLANKS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO notes VALUES ('$TOKEN')",
                "SELECT 1 /* $TOKEN */",
                "SELECT $$ $TOKEN $$",
                "ALTER ROLE app SET sallyport.token = '$TOKEN'",
                "ALTER DATABASE shop SET sallyport.token TO '$TOKEN'",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET sallyport.token = '$TOKEN' AS 'SELECT 1'",
                "SET application_name = '$TOKEN'",
                "DO $x$ BEGIN SET sallyport.token = '$TOKEN'; END $x$",
                "SET sallyport.token = E'$TOKEN'",
                "SET sallyport.token = $q$$TOKEN$q$",
                "SET sallyport.token = 'a', '$TOKEN'",
                "SET sallyport.token = $TOKEN",
                "SET LOCAL sallyport.token = '$TOKEN'",
                "SELECT set_config('sallyport.token', '$TOKEN', true)",
                "SELECT set_config('sallyport.token', lower('$TOKEN'), false)",
                "SALLYPORT GRANT '$TOKEN'",
                "SELECT 'never closed $TOKEN"
            })
    void token_elsewhere_is_blanked_and_refused(String sql) {
        assertThat(blank(sql).screening().problem()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET sallyport.token = 'spt-hunt-er22'",
                "SELECT set_config('sallyport.token', 'spt-hunt-er22', false)",
                "/* sallyport.token=spt-hunt-er22 */ SELECT 1",
                "ALTER ROLE app SET sallyport.token = 'spt-hunt-er22'",
                "SET sallyport.token = 'spt', 'hunt'"
            })
    void typing_error_is_refused_and_blanked_too(String sql) {
        Found found = blank(sql);
        assertThat(found.screening().problem()).isNotNull();
        assertThat(found.text()).doesNotContain("hunt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RESET sallyport.token",
                "SET sallyport.token TO DEFAULT",
                "SET sallyport.token = ''",
                "SELECT set_config('sallyport.token', '', false)"
            })
    void token_is_taken_back(String sql) {
        Found found = blank(sql);
        assertThat(found.screening()).isEqualTo(new Screening(null, null, true, null));
        assertThat(found.text()).isEqualTo(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHOW sallyport.token",
                "SELECT current_setting('sallyport.token', true)",
                "SELECT set_config('sallyport.token', $1, false)",
                "SELECT * FROM sallyport.token WHERE hash = 'spt-'",
                "SELECT 'sallyport.token'",
                "SELECT 'spt-0000-0000-0000-0000-0000-0001'"
            })
    void what_carries_no_token_stays_as_it_is(String sql) {
        Found found = blank(sql);
        assertThat(found.screening()).isEqualTo(Screening.NOTHING);
        assertThat(found.text()).isEqualTo(sql);
    }

    @Test
    void token_far_inside_of_a_long_text_is_refused() {
        String sql = "SELECT " + "1, ".repeat(20_000) + "1; SET sallyport.token = '$TOKEN'";
        assertThat(blank(sql).screening().problem()).isEqualTo(Screening.Problem.MISPLACED);
        String leading = "/* sallyport.token=$TOKEN */ SELECT " + "1, ".repeat(20_000) + "1";
        assertThat(blank(leading).screening().problem()).isNull();
    }
}
