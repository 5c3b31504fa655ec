package io.sallyport.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policies.Policy;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Policies;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A start-up packet can do what a SET does, and is judged like one. */
class StartupSettingsDeniedTest extends StagedTest {
    private static final String DENIED = "E 42501 denied by Sallyport: rule \"no settings\"";

    private FakeSession starting(String rule, Map<String, String> parameters) {
        Policy policy = Policies.of("""
                version: 1
                rules:
                  - name: no settings
                """ + rule);
        stage.policy = () -> policy;
        FakeSession eve = new FakeSession(stage);
        eve.startUp(parameters);
        return eve;
    }

    @Test
    void a_setting_in_the_options_that_a_rule_denies_refuses_the_session_before_the_server_hears_of_it() {
        FakeSession eve = starting(
                "    when: {kind: set}\n    then: deny\n",
                Map.of("user", "eve", "options", "-c session_replication_role=replica"));
        assertThat(eve.connects()).isZero();
        assertThat(eve.toClient()).containsExactly(DENIED);
        assertThat(eve.client.closed()).isTrue();
        assertThat(stage.metrics.scrape()).contains("sallyport_refusals_total{sqlstate=\"42501\"} 1");
    }

    @Test
    void a_setting_that_a_rule_holds_is_refused_too_because_nobody_can_wait_before_a_login() {
        FakeSession eve = starting(
                "    when: {kind: set_role}\n    then: hold\n", Map.of("user", "eve", "options", "--role=admin"));
        assertThat(eve.connects()).isZero();
        assertThat(eve.toClient()).containsExactly(DENIED);
    }

    @Test
    void a_parameter_of_its_own_is_a_setting_like_any_other() {
        FakeSession eve = starting(
                "    when: {kind: set}\n    then: deny\n",
                Map.of("user", "eve", "session_replication_role", "replica"));
        assertThat(eve.toClient()).containsExactly(DENIED);
    }

    @Test
    void what_drivers_send_of_themselves_is_not_judged() {
        FakeSession eve = starting(
                "    when: {kind: set}\n    then: deny\n",
                Map.of(
                        "user", "eve",
                        "client_encoding", "UTF8",
                        "DateStyle", "ISO",
                        "TimeZone", "Europe/Berlin",
                        "extra_float_digits", "2",
                        "application_name", "psql"));
        assertThat(eve.connects()).isEqualTo(1);
        eve.session.clientGone();
    }

    /** Their statements are stopped one by one; without a session there would be none. */
    @Test
    void a_rule_that_stops_all_that_someone_says_lets_them_in() {
        FakeSession eve = starting(
                "    when: {user: eve}\n    then: hold\n", Map.of("user", "eve", "options", "-c search_path=app"));
        assertThat(eve.connects()).isEqualTo(1);
        eve.session.clientGone();
    }

    @Test
    void a_policy_that_only_observes_lets_everyone_in() {
        Policy policy = Policies.of("""
                version: 1
                mode: observe
                rules:
                  - {name: no settings, when: {kind: set}, then: deny}
                """);
        stage.policy = () -> policy;
        FakeSession eve = new FakeSession(stage);
        eve.startUp(Map.of("user", "eve", "options", "-c search_path=app"));
        assertThat(eve.connects()).isEqualTo(1);
        eve.session.clientGone();
    }

    @Test
    void a_policy_that_fails_refuses_the_session() {
        stage.policy = () -> {
            throw new IllegalStateException("no policy");
        };
        FakeSession eve = new FakeSession(stage);
        eve.startUp(Map.of("user", "eve", "options", "-c search_path=app"));
        assertThat(eve.connects()).isZero();
        assertThat(eve.toClient()).containsExactly("E XX000 Sallyport could not judge this statement and refuses it");
    }

    @Test
    void the_built_in_policy_lets_every_honest_start_up_pass() {
        stage.policy = Policy::builtIn;
        FakeSession eve = new FakeSession(stage);
        eve.startUp(Map.of(
                "user", "eve", "options", "-c search_path=app -c statement_timeout=5s", "client_encoding", "LATIN1"));
        assertThat(eve.connects()).isEqualTo(1);
        eve.session.clientGone();
    }
}
