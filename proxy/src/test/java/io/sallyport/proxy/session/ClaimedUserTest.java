package io.sallyport.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.analysis.SqlAnalyzer;
import io.sallyport.policies.sql.LexerSettings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a client says of who sits there, from whatever place it says it. */
class ClaimedUserTest {
    private static void run(ClaimedUser user, String sql) {
        SqlAnalyzer.complete(sql.getBytes(StandardCharsets.UTF_8), LexerSettings.DEFAULT)
                .statements()
                .forEach(user::ran);
    }

    @Test
    void options_and_parameters_of_the_start_tell_it() {
        assertThat(new ClaimedUser(Map.of()).name()).isEmpty();
        assertThat(new ClaimedUser(Map.of("options", "-c work_mem=8MB -c sallyport.os_user=ada")).name())
                .isEqualTo("ada");
        assertThat(new ClaimedUser(Map.of("Sallyport.OS_user", "ada")).name()).isEqualTo("ada");
    }

    @Test
    void set_changes_it_and_reset_takes_it_back() {
        ClaimedUser user = new ClaimedUser(Map.of("sallyport.os_user", "ada"));
        run(user, "SET sallyport.os_user = 'eve'");
        assertThat(user.name()).isEqualTo("eve");
        run(user, "SET LOCAL sallyport.os_user = 'mallory'; SET work_mem = '8MB'");
        assertThat(user.name()).isEqualTo("eve");
        run(user, "RESET sallyport.os_user");
        assertThat(user.name()).isEqualTo("ada");
        run(user, "SET sallyport.os_user TO eve; DISCARD ALL");
        assertThat(user.name()).isEqualTo("ada");
    }

    @Test
    void nothing_in_it_steers_a_terminal_or_goes_on_for_ever() {
        ClaimedUser user = new ClaimedUser(Map.of("sallyport.os_user", "a\u001b[31m\u202eb\n" + "x".repeat(500)));
        assertThat(user.name()).startsWith("a?[31m?b?x").hasSize(100);
    }
}
