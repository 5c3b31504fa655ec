package io.sallyport.proxy.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.config.AuthSettings;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.session.fakes.Certificates;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Server;
import io.sallyport.proxy.session.fakes.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to the server's questions where the server authenticates. */
class RelayedLoginTest {
    private static final String PLUS = "SCRAM-SHA-256-PLUS";
    private static final String PLAIN = "SCRAM-SHA-256";

    private final Stage stage = new Stage(AuthSettings.DEFAULTS, null);
    private final FakeSession eve = new FakeSession(stage);

    @AfterEach
    void everything_is_given_back() {
        eve.session.clientGone();
        stage.loop.runTasks();
        stage.close();
        assertThat(stage.loop.timers()).isZero();
        assertThat(stage.leaked()).isZero();
    }

    private void connect(LegSecurity client, LegSecurity server) {
        eve.client.security(client);
        eve.upstream.security(server);
        eve.startUp("eve");
        eve.connect();
        eve.upstream.takeBytes();
    }

    private static byte[] offer(String... mechanisms) {
        Body body = new Body().int32(10);
        for (String mechanism : mechanisms) {
            body.string(mechanism);
        }
        return body.int8(0).message('R');
    }

    private static byte[] first(String mechanism, String message) {
        return new Body()
                .string(mechanism)
                .int32(message.length())
                .raw(message.getBytes(US_ASCII))
                .message('p');
    }

    @Test
    void two_plain_legs_pass_the_offer_as_it_came() {
        connect(LegSecurity.PLAIN, LegSecurity.PLAIN);
        eve.server(offer(PLAIN));
        assertThat(eve.client.takeBytes()).isEqualTo(offer(PLAIN));
    }

    @Test
    void one_certificate_on_both_legs_passes_plus() {
        connect(Certificates.tls(Certificates.ALICE), Certificates.tls(Certificates.ALICE));
        eve.server(offer(PLUS, PLAIN));
        assertThat(eve.client.takeBytes()).isEqualTo(offer(PLUS, PLAIN));
        eve.sends(first(PLUS, "p=tls-server-end-point,,n=,r=abc"));
        assertThat(eve.upstream.takeBytes()).isEqualTo(first(PLUS, "p=tls-server-end-point,,n=,r=abc"));
    }

    @Test
    void a_plain_client_is_not_offered_what_it_cannot_do() {
        connect(LegSecurity.PLAIN, Certificates.tls(Certificates.ALICE));
        eve.server(offer(PLUS, PLAIN));
        assertThat(eve.client.takeBytes()).isEqualTo(offer(PLAIN));
        eve.sends(first(PLAIN, "n,,n=,r=abc"));
        assertThat(eve.upstream.takeBytes()).isEqualTo(first(PLAIN, "n,,n=,r=abc"));
    }

    @Test
    void a_client_that_would_bind_is_told_why_it_cannot() {
        connect(Certificates.tls(Certificates.OTHER), Certificates.tls(Certificates.ALICE));
        eve.server(offer(PLUS, PLAIN));
        assertThat(eve.client.takeBytes()).isEqualTo(offer(PLAIN));
        eve.sends(first(PLAIN, "y,,n=,r=abc"));
        assertThat(eve.upstream.takeBytes()).isEmpty();
        assertThat(eve.toClient())
                .containsExactly("E 28000 SCRAM channel binding is not possible through Sallyport as it is set up");
        assertThat(eve.client.closed()).isTrue();
        assertThat(stage.metrics.scrape()).contains("sallyport_logins_failed_total{reason=\"channel_binding\"} 1.0");
    }

    @Test
    void a_client_that_does_not_bind_passes_with_a_reduced_offer() {
        connect(Certificates.tls(Certificates.OTHER), Certificates.tls(Certificates.ALICE));
        eve.server(offer(PLUS, PLAIN));
        eve.client.takeBytes();
        eve.sends(first(PLAIN, "n,,n=,r=abc"));
        assertThat(eve.upstream.takeBytes()).isEqualTo(first(PLAIN, "n,,n=,r=abc"));
        eve.server(Server.AUTHENTICATION_OK, Server.key(4711, 1), Server.ready('I'));
        assertThat(eve.toClient()).contains("Z I");
    }

    @Test
    void a_flag_that_says_y_passes_where_nothing_was_removed() {
        connect(Certificates.tls(Certificates.OTHER), LegSecurity.PLAIN);
        eve.server(offer(PLAIN));
        eve.client.takeBytes();
        eve.sends(first(PLAIN, "y,,n=,r=abc"));
        assertThat(eve.upstream.takeBytes()).isEqualTo(first(PLAIN, "y,,n=,r=abc"));
    }

    @Test
    void an_offer_of_plus_alone_is_refused() {
        connect(Certificates.tls(Certificates.OTHER), Certificates.tls(Certificates.ALICE));
        eve.server(offer(PLUS));
        assertThat(eve.toClient()).containsExactly("E 28000 the server offers only logins that cannot pass Sallyport");
    }

    @Test
    void a_cleartext_password_crosses_no_network_in_the_clear() {
        connect(LegSecurity.PLAIN, LegSecurity.PLAIN);
        eve.server(Server.ASKS_PASSWORD);
        assertThat(eve.toClient())
                .containsExactly(
                        "E 28000 the server asks for a cleartext password, and this connection is not encrypted");
        assertThat(eve.client.closed()).isTrue();
    }

    @Test
    void a_cleartext_password_passes_over_tls_to_a_server_that_was_verified() {
        connect(Certificates.tls(Certificates.OTHER), Certificates.verified(Certificates.ALICE));
        eve.server(Server.ASKS_PASSWORD);
        assertThat(eve.client.takeBytes()).isEqualTo(Server.ASKS_PASSWORD);
    }

    /** Behind a load balancer that says so the password would still cross the network between the two. */
    @Test
    void an_address_that_is_only_announced_as_loopback_hides_no_password() {
        FakeSession fake = new FakeSession(stage, "127.0.0.1:5000");
        fake.upstream.security(Certificates.verified(Certificates.ALICE));
        fake.startUp("eve");
        fake.connect();
        fake.server(Server.ASKS_PASSWORD);
        assertThat(fake.toClient()).singleElement().asString().contains("this connection is not encrypted");
    }

    /** Who sits between Sallyport and the server would only have to ask for it. */
    @Test
    void a_cleartext_password_goes_to_no_server_that_nobody_verified() {
        for (LegSecurity server : List.of(LegSecurity.PLAIN, Certificates.tls(Certificates.ALICE))) {
            FakeSession fake = new FakeSession(stage);
            fake.client.security(Certificates.tls(Certificates.OTHER));
            fake.upstream.security(server);
            fake.startUp("eve");
            fake.connect();
            fake.server(Server.ASKS_PASSWORD);
            assertThat(fake.toClient()).singleElement().asString().contains("has not verified that it is the server");
            assertThat(fake.client.closed()).isTrue();
        }
    }

    @Test
    void the_servers_refusal_comes_late_and_in_its_own_words() {
        connect(LegSecurity.PLAIN, LegSecurity.PLAIN);
        eve.server(Server.error("FATAL", "28P01"));
        eve.session.upstreamGone();
        assertThat(eve.toClient()).isEmpty();
        assertThat(eve.client.closed()).isFalse();
        stage.loop.advance(Duration.ofMillis(249));
        assertThat(eve.toClient()).isEmpty();
        stage.loop.advance(Duration.ofMillis(1));
        assertThat(eve.client.takeBytes()).isEqualTo(Server.error("FATAL", "28P01"));
        assertThat(eve.client.closed()).isTrue();
    }

    /** Trying one's certificate with the names of others is a login that failed, as a wrong password is. */
    @Test
    void a_certificate_for_another_role_is_refused_late_and_counted() {
        eve.client.security(new LegSecurity(true, false, Certificates.OTHER, Certificates.ALICE));
        eve.client.permitted("alice");
        eve.startUp("eve");
        assertThat(eve.connects()).isZero();
        assertThat(eve.toClient()).isEmpty();
        stage.loop.advance(Duration.ofMillis(250));
        assertThat(eve.toClient()).containsExactly("E 28000 the client certificate may not be used for role \"eve\"");
        assertThat(stage.metrics.scrape()).contains("sallyport_logins_failed_total{reason=\"certificate\"} 1.0");
    }

    @Test
    void a_client_that_leaves_while_its_refusal_waits_leaves_nothing_behind() {
        connect(LegSecurity.PLAIN, LegSecurity.PLAIN);
        eve.server(Server.error("FATAL", "28000"));
        eve.query("SELECT 1");
        eve.session.clientGone();
        assertThat(eve.toServer()).isEmpty();
    }

    @Test
    void other_refusals_of_the_server_pass_at_once() {
        connect(LegSecurity.PLAIN, LegSecurity.PLAIN);
        eve.server(Server.error("FATAL", "3D000"));
        assertThat(eve.toClient()).isEqualTo(List.of("E 3D000 the server's own words"));
    }
}
