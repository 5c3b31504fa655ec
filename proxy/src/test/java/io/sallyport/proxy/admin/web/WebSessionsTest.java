package io.sallyport.proxy.admin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpMethod;
import io.sallyport.policies.approval.Identity;
import io.sallyport.policies.approval.OidcSubject;
import io.sallyport.proxy.approval.Proven;
import io.sallyport.proxy.config.PageSettings;
import io.sallyport.proxy.session.fakes.ManualLoop;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebSessionsTest {
    private static final PageSettings SETTINGS =
            new PageSettings(true, "", "postgres", Duration.ofMinutes(10), Duration.ofMinutes(25));

    private final ManualLoop time = new ManualLoop();
    private final WebSessions sessions = new WebSessions(SETTINGS, time.clock());

    @Test
    void a_session_is_known_by_its_secret_alone() {
        WebSessions.Opened bob = sessions.open(role("bob"));
        assertThat(sessions.use(bob.secret())).isEqualTo(bob.session());
        assertThat(sessions.use(bob.session().csrf())).isNull();
        assertThat(sessions.use("")).isNull();
        assertThat(sessions.use(null)).isNull();
    }

    @Test
    void secrets_have_256_bits_and_show_in_no_text() {
        WebSessions.Opened bob = sessions.open(role("bob"));
        assertThat(bob.secret())
                .hasSize(43)
                .isNotEqualTo(sessions.open(role("bob")).secret());
        assertThat(bob.toString())
                .doesNotContain(bob.secret())
                .doesNotContain(bob.session().csrf());
    }

    @Test
    void use_keeps_a_session_and_looking_on_does_not() {
        String used = sessions.open(role("bob")).secret();
        String watched = sessions.open(role("carol")).secret();
        time.skipTime(Duration.ofMinutes(6));
        assertThat(sessions.use(used)).isNotNull();
        assertThat(sessions.find(watched)).isNotNull();
        time.skipTime(Duration.ofMinutes(6));
        assertThat(sessions.use(used)).isNotNull();
        assertThat(sessions.find(watched)).isNull();
    }

    @Test
    void no_use_keeps_a_session_for_ever() {
        String secret = sessions.open(role("bob")).secret();
        for (int i = 0; i < 3; i++) {
            assertThat(sessions.use(secret)).isNotNull();
            time.skipTime(Duration.ofMinutes(9));
        }
        assertThat(sessions.use(secret)).isNull();
    }

    @Test
    void what_a_role_is_a_member_of_counts_for_a_while() {
        WebSessions.Opened bob = sessions.open(role("bob"));
        assertThat(sessions.who(bob.session()).standing().memberOf()).containsExactly("dba");
        time.skipTime(Duration.ofMinutes(15));
        assertThat(sessions.who(bob.session()).standing().memberOf()).isNull();
        assertThat(sessions.who(bob.session()).identity()).isEqualTo(new Identity("bob", null));
    }

    @Test
    void what_an_issuer_said_counts_for_a_while() {
        OidcSubject subject = new OidcSubject("https://a.example", "1");
        WebSessions.Opened bob = sessions.open(Proven.subject(subject, "bob", Set.of("sre"), null));
        assertThat(sessions.who(bob.session()).standing().claims()).containsExactly("sre");
        time.skipTime(Duration.ofMinutes(15));
        assertThat(sessions.who(bob.session()).standing().claims()).isNull();
        assertThat(sessions.who(bob.session()).identity()).isEqualTo(new Identity(subject));
    }

    private static Proven role(String name) {
        return Proven.role(name, null, Set.of("dba"));
    }

    @Test
    void a_closed_session_is_gone() {
        String secret = sessions.open(role("bob")).secret();
        sessions.close(secret);
        assertThat(sessions.use(secret)).isNull();
    }

    @Test
    void the_cookie_is_for_this_server_and_no_script() {
        assertThat(BrowserCookie.SESSION.of("s", false))
                .startsWith("sallyport=s;")
                .contains("HTTPOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Secure");
        assertThat(BrowserCookie.SESSION.of("s", true))
                .startsWith("__Host-sallyport=s;")
                .contains("Secure");
        assertThat(BrowserCookie.SESSION.value(
                        Requests.of(HttpMethod.GET, "::1", true, "Cookie", "a=b; __Host-sallyport=s")))
                .isEqualTo("s");
        assertThat(BrowserCookie.SESSION.value(Requests.of(HttpMethod.GET, "::1", true, "Cookie", "sallyport=s")))
                .isNull();
    }
}
