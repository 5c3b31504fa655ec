package io.sallyport.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.auth.Credential;
import io.sallyport.proxy.auth.LookupFailedException;
import io.sallyport.proxy.config.AuthSettings;
import io.sallyport.proxy.it.wire.Body;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.session.fakes.Certificates;
import io.sallyport.proxy.session.fakes.FakeSession;
import io.sallyport.proxy.session.fakes.Server;
import io.sallyport.proxy.session.fakes.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions whose role Sallyport itself proves, without sockets; the whole exchange is TerminatedLoginIT's. */
class TerminatedLoginTest {
    private @Nullable Stage staged;
    private int asked;

    private FakeSession session(AuthSettings.Mode mode) {
        Stage stage = new Stage(
                new AuthSettings(mode, null, "", "", null, "", null, 4096, false, Duration.ofMillis(250)), role -> {
                    asked++;
                    if (role.equals("broken")) {
                        throw new LookupFailedException("no connection", null);
                    }
                    return role.equals("alice") ? Credential.password("alice", "pencil", Stage.SALTS) : null;
                });
        staged = stage;
        return new FakeSession(stage);
    }

    private Stage stage() {
        if (staged == null) {
            throw new AssertionError("no session yet");
        }
        return staged;
    }

    @AfterEach
    void everything_is_given_back() {
        stage().directory.all().forEach(Session::terminate);
        stage().loop.runTasks();
        stage().close();
        assertThat(stage().loop.timers()).isZero();
        assertThat(stage().leaked()).isZero();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void plus_is_offered_over_tls_and_never_without() {
        for (boolean tls : new boolean[] {false, true}) {
            FakeSession fake = session(AuthSettings.Mode.TERMINATE);
            fake.client.security(tls ? Certificates.tls(Certificates.OTHER) : LegSecurity.PLAIN);
            fake.startUp("alice");
            assertThat(fake.client.takeBytes()).isEmpty();
            stage().runWork();
            assertThat(text(fake.client.takeBytes()).contains("-PLUS")).isEqualTo(tls);
            assertThat(fake.connects()).isZero();
            fake.session.clientGone();
        }
    }

    @Test
    void an_unknown_role_is_asked_like_a_known_one() {
        FakeSession fake = session(AuthSettings.Mode.TERMINATE);
        fake.startUp("nobody");
        stage().runWork();
        byte[] first = "n,,n=,r=abc".getBytes(StandardCharsets.US_ASCII);
        fake.client.takeBytes();
        fake.sends(new Body()
                .string("SCRAM-SHA-256")
                .int32(first.length)
                .raw(first)
                .message('p'));
        assertThat(text(fake.client.takeBytes())).contains("r=abc").contains(",i=4096");
        assertThat(fake.connects()).isZero();
    }

    @Test
    void a_query_before_the_proof_ends_the_session() {
        for (boolean asked : new boolean[] {false, true}) {
            FakeSession fake = session(AuthSettings.Mode.TERMINATE);
            fake.startUp("alice");
            if (asked) {
                stage().runWork();
                fake.client.takeBytes();
            }
            fake.query("DROP TABLE t");
            assertThat(fake.toClient()).containsExactly("E 08P01 expected SASL response, got message type 81");
            assertThat(fake.client.closed()).isTrue();
            stage().runWork();
            assertThat(fake.connects()).isZero();
        }
    }

    @Test
    void a_message_that_lies_about_its_length_is_refused_late() {
        FakeSession fake = session(AuthSettings.Mode.TERMINATE);
        fake.startUp("alice");
        stage().runWork();
        fake.client.takeBytes();
        fake.sends(new Body().string("SCRAM-SHA-256").int32(1 << 30).message('p'));
        assertThat(fake.toClient()).isEmpty();
        stage().loop.advance(Duration.ofMillis(250));
        assertThat(fake.toClient()).singleElement().asString().startsWith("E 08P01");
        assertThat(fake.client.closed()).isTrue();
    }

    /** Else guessing would cost nothing: whoever hears nothing at once knows that the guess was wrong. */
    @Test
    void who_does_not_wait_for_the_refusal_keeps_its_place() {
        FakeSession fake = session(AuthSettings.Mode.CERTIFICATE);
        fake.startUp("alice");
        fake.session.clientGone();
        assertThat(stage().loginThrottle().waiting("10.0.0.1:1")).isEqualTo(1);
        stage().loop.advance(Duration.ofMillis(250));
        assertThat(stage().loginThrottle().waiting("10.0.0.1:1")).isZero();
    }

    @Test
    void a_lookup_that_fails_lets_nobody_in() {
        FakeSession fake = session(AuthSettings.Mode.TERMINATE);
        fake.startUp("broken");
        stage().runWork();
        assertThat(fake.toClient()).containsExactly("E 28000 Sallyport cannot look up how roles authenticate now");
        assertThat(fake.connects()).isZero();
    }

    /** Else whoever comes and goes keeps the workers busy for nobody. */
    @Test
    void a_client_that_left_is_not_looked_up() {
        FakeSession fake = session(AuthSettings.Mode.TERMINATE);
        fake.startUp("alice");
        fake.session.clientGone();
        stage().runWork();
        assertThat(asked).isZero();
    }

    /** Two names in bytes of another encoding would be one to policies, the userlist and certificates. */
    @Test
    void a_role_whose_name_is_not_utf8_is_refused() {
        FakeSession fake = session(AuthSettings.Mode.TERMINATE);
        fake.startUp("m\ufffdller");
        assertThat(fake.toClient()).singleElement().asString().startsWith("E 22023");
        assertThat(stage().work).isEmpty();
    }

    @Test
    void workers_that_take_no_more_let_nobody_in() {
        FakeSession fake = session(AuthSettings.Mode.TERMINATE);
        stage().workersFull = true;
        fake.startUp("alice");
        stage().loop.runTasks();
        assertThat(fake.toClient()).containsExactly("E 28000 Sallyport cannot look up how roles authenticate now");
    }

    @Test
    void a_certificate_speaks_for_its_own_role_alone() {
        FakeSession fake = session(AuthSettings.Mode.CERTIFICATE);
        fake.client.security(new LegSecurity(true, false, Certificates.OTHER, Certificates.OTHER));
        fake.startUp("alice");
        stage().loop.advance(Duration.ofMillis(250));
        assertThat(fake.toClient()).containsExactly("E 28000 certificate authentication failed for user \"alice\"");
        assertThat(fake.connects()).isZero();
    }

    @Test
    void a_certificate_lets_its_role_in_and_the_userlist_answers_the_server() {
        FakeSession fake = session(AuthSettings.Mode.CERTIFICATE);
        fake.client.security(new LegSecurity(true, false, Certificates.OTHER, Certificates.ALICE));
        fake.client.certified("alice");
        fake.upstream.security(Certificates.verified(Certificates.OTHER));
        fake.startUp("alice");
        stage().runWork();
        assertThat(fake.connects()).isEqualTo(1);
        fake.connect();
        fake.upstream.takeBytes();
        fake.server(Server.ASKS_PASSWORD);
        assertThat(fake.upstream.takeBytes()).isEqualTo(Frontend.password("pencil"));
        assertThat(fake.client.takeBytes()).isEmpty();
        fake.server(Server.AUTHENTICATION_OK, Server.key(4711, 1), Server.ready('I'));
        assertThat(fake.toClient()).containsExactly("R", "K", "Z I");
    }

    /** What a password answers to few rounds is guessed at the faster. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4095, 1_000_001})
    void a_server_that_asks_for_a_strange_number_of_rounds_gets_no_answer(int iterations) {
        FakeSession fake = session(AuthSettings.Mode.CERTIFICATE);
        fake.client.certified("alice");
        fake.client.security(new LegSecurity(true, false, Certificates.OTHER, Certificates.ALICE));
        fake.startUp("alice");
        stage().runWork();
        fake.connect();
        fake.upstream.takeBytes();
        fake.server(new Body().int32(10).string("SCRAM-SHA-256").int8(0).message('R'));
        String first = text(fake.upstream.takeBytes());
        String nonce = first.substring(first.indexOf("r=") + 2);
        String challenge = "r=" + nonce + "x,s=c2FsdA==,i=" + iterations;
        fake.server(new Body()
                .int32(11)
                .raw(challenge.getBytes(StandardCharsets.US_ASCII))
                .message('R'));
        stage().runWork();
        assertThat(fake.upstream.takeBytes()).isEmpty();
        assertThat(fake.toClient()).singleElement().asString().contains("could not log in to the server");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_password_is_told_to_no_far_server_that_nobody_verified(boolean tls) {
        FakeSession fake = session(AuthSettings.Mode.CERTIFICATE);
        fake.upstream.security(tls ? Certificates.tls(Certificates.OTHER) : LegSecurity.PLAIN);
        fake.client.security(new LegSecurity(true, false, Certificates.OTHER, Certificates.ALICE));
        fake.client.certified("alice");
        fake.startUp("alice");
        stage().runWork();
        fake.connect();
        fake.upstream.takeBytes();
        fake.server(Server.ASKS_PASSWORD);
        assertThat(fake.upstream.takeBytes()).isEmpty();
        assertThat(fake.toClient()).singleElement().asString().contains("could not log in to the server");
    }
}
