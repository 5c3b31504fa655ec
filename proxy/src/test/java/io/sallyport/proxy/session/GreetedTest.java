package io.sallyport.proxy.session;

import static io.sallyport.proxy.session.fakes.Server.AUTHENTICATION_OK;
import static io.sallyport.proxy.session.fakes.Server.error;
import static io.sallyport.proxy.session.fakes.Server.key;
import static io.sallyport.proxy.session.fakes.Server.parameter;
import static io.sallyport.proxy.session.fakes.Server.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.config.BannerStyle;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Policies;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the environment has a name, every session begins by hearing it, and cannot make it say something else. */
class GreetedTest extends StagedTest {
    private static final String BANNER =
            "N PRODUCTION · shop on db1:5432 · destructive statements need a second person";

    private FakeSession connected(String application) {
        return connected(Map.of("user", "bob", "database", "shop", "application_name", application));
    }

    private FakeSession connected(Map<String, String> parameters) {
        FakeSession bob = new FakeSession(stage);
        bob.startUp(parameters);
        bob.connect();
        return bob;
    }

    private static List<String> loggedIn(FakeSession bob) {
        bob.server(AUTHENTICATION_OK, key(4712, 2), ready('I'));
        return bob.client.take();
    }

    @Test
    void the_banner_stands_right_before_the_first_ready_and_only_there() {
        stage.environment("production", BannerStyle.ON);
        FakeSession bob = connected("shop");
        assertThat(loggedIn(bob)).containsExactly("R", "K", BANNER, "Z I");
        bob.query("SELECT 1").server(ready('I'));
        assertThat(bob.client.take()).containsExactly("Z I");
        bob.session.clientGone();
    }

    @Test
    void a_login_that_fails_hears_no_banner() {
        stage.environment("production", BannerStyle.ON);
        FakeSession bob = connected("shop");
        bob.server(AUTHENTICATION_OK, error("FATAL", "3D000"));
        assertThat(bob.client.take()).containsExactly("R", "E 3D000 the server's own words");
        bob.session.clientGone();
    }

    @ParameterizedTest
    @CsvSource({"production, 1;37;41", "staging, 1;30;43", "test, 1;30;42"})
    void psql_gets_the_name_in_colour(String name, String colour) {
        stage.environment(name, BannerStyle.ON);
        FakeSession bob = connected("psql");
        assertThat(loggedIn(bob))
                .contains(BANNER.replace(
                        "PRODUCTION", "\u001b[" + colour + "m " + name.toUpperCase(Locale.ROOT) + " \u001b[0m"));
        bob.session.clientGone();
    }

    @Test
    void a_plain_banner_has_no_colour_and_one_that_is_off_is_not_given() {
        stage.environment("production", BannerStyle.PLAIN);
        FakeSession plain = connected("psql");
        assertThat(loggedIn(plain)).contains(BANNER);
        stage.environment("production", BannerStyle.OFF);
        FakeSession off = connected("psql");
        assertThat(loggedIn(off)).containsExactly("R", "K", "Z I");
        plain.session.clientGone();
        off.session.clientGone();
    }

    @Test
    void without_an_environment_nothing_is_said_and_anybody_may_set_what_they_like() {
        FakeSession bob = connected("psql");
        assertThat(loggedIn(bob)).containsExactly("R", "K", "Z I");
        bob.upstream.takeBytes();
        bob.query("SET sallyport.environment = 'x'");
        assertThat(bob.toServer()).containsExactly("Q SET sallyport.environment = 'x'");
        bob.session.clientGone();
    }

    @Test
    void a_replication_session_hears_nothing() {
        stage.environment("production", BannerStyle.ON);
        stage.policy = () -> Policies.of("""
                version: 1
                rules:
                  - {name: replicas, when: {kind: replication}, then: allow}
                """);
        FakeSession bob = connected(Map.of("user", "bob", "replication", "true"));
        assertThat(loggedIn(bob)).containsExactly("R", "K", "Z I");
        bob.session.clientGone();
    }

    @Test
    void under_a_policy_that_observes_the_banner_says_so() {
        stage.environment("production", BannerStyle.ON);
        stage.policy = () -> Policies.OBSERVING;
        FakeSession bob = connected("shop");
        assertThat(loggedIn(bob)).contains("N PRODUCTION · shop on db1:5432 · statements are only observed");
        bob.session.clientGone();
    }

    @Test
    void a_policy_that_cannot_be_had_is_no_reason_not_to_let_in() {
        stage.environment("production", BannerStyle.ON);
        FakeSession bob = connected("shop");
        stage.policy = () -> {
            throw new IllegalStateException("no policy");
        };
        assertThat(loggedIn(bob)).contains(BANNER, "Z I");
        bob.session.clientGone();
    }

    @Test
    void what_others_wrote_steers_no_terminal_and_other_encodings_get_ascii() {
        stage.environment("Prüfung", BannerStyle.ON);
        FakeSession bob = connected(Map.of("user", "bob", "database", "sh\u001b[2Jop", "application_name", "app"));
        bob.server(AUTHENTICATION_OK, parameter("client_encoding", "LATIN1"), ready('I'));
        assertThat(bob.client.take())
                .contains("N PR?FUNG - sh?[2Jop on db1:5432 - destructive statements need a second person", "Z I");
        bob.session.clientGone();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET sallyport.environment = 'test'",
                "set local Sallyport.\"ENVIRONMENT\" to test",
                "SET sallyport.environment TO DEFAULT",
                "SELECT set_config('sallyport.environment', 'test', false)",
                "EXPLAIN ANALYZE SELECT set_config('SALLYPORT.environment', 'test', true)",
                "BEGIN; SET sallyport.environment = 'test'"
            })
    void the_setting_cannot_be_changed(String sql) {
        stage.environment("production", BannerStyle.ON);
        FakeSession bob = connected("shop");
        loggedIn(bob);
        bob.upstream.takeBytes();
        bob.query(sql);
        assertThat(bob.toServer()).containsExactly("Q SALLYPORT REFUSED");
        bob.server(error("42601"), ready('I'));
        assertThat(bob.toClient())
                .containsExactly(
                        "E 42501 \"sallyport.environment\" says which environment this is, and cannot be changed",
                        "Z I");
        bob.session.clientGone();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHOW sallyport.environment",
                "RESET sallyport.environment",
                "RESET ALL",
                "SET sallyport.os_user = 'bob'",
                "ALTER ROLE bob SET sallyport.environment = 'x'"
            })
    void what_does_not_change_it_for_the_session_goes_through(String sql) {
        stage.environment("production", BannerStyle.ON);
        FakeSession bob = connected("shop");
        loggedIn(bob);
        bob.upstream.takeBytes();
        bob.query(sql);
        assertThat(bob.toServer()).containsExactly("Q " + sql);
        bob.session.clientGone();
    }
}
