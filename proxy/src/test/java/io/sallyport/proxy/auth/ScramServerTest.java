package io.sallyport.proxy.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SCRAM with clients: RFC 7677's own example, a client of ours, and clients that lie. */
class ScramServerTest {
    private static final String CLIENT_NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String OUR_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String NONCE = "r=" + CLIENT_NONCE + OUR_NONCE;
    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    private static final ScramVerifier PENCIL = ScramVerifier.of(ScramKeys.derive("pencil", SALT, 4096), SALT, 4096);
    private static final byte[] BINDING = new byte[32];

    @Test
    void the_example_of_rfc_7677_holds_byte_for_byte() throws ScramException {
        ScramServer server = new ScramServer(PENCIL, true, null, OUR_NONCE);
        assertThat(server.mechanisms()).containsExactly("SCRAM-SHA-256");
        assertThat(text(server.first("SCRAM-SHA-256", bytes("n,,n=user,r=" + CLIENT_NONCE))))
                .isEqualTo(NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(text(server.last(bytes("c=biws," + NONCE + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="))))
                .isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    /** What the server stores for "pencil" with that salt (scram_build_secret), read back. */
    @Test
    void a_client_logs_in_with_what_another_client_proved() throws ScramException {
        ScramServer first = new ScramServer(PENCIL, true, null, OUR_NONCE);
        exchange(first, new ScramClient(null, false, "abc"), ScramKeys.derive("pencil", SALT, 4096), "SCRAM-SHA-256");
        ScramKeys proved = Objects.requireNonNull(first.keys());
        UpstreamSecret secret = UpstreamSecret.keys(proved, PENCIL);
        ScramServer upstream = new ScramServer(PENCIL, true, BINDING, "xyz");
        ScramClient client = new ScramClient(BINDING, true, "def");
        ScramClient.Challenge challenge = client.challenge(upstream.first("SCRAM-SHA-256-PLUS", client.first()));
        client.verify(upstream.last(client.last(challenge, secret.keysFor(challenge))));
        assertThat(client.verified()).isTrue();
    }

    @Test
    void another_verifier_on_the_server_is_noticed() throws ScramException {
        byte[] otherSalt = SALT.clone();
        otherSalt[0]++;
        UpstreamSecret secret = UpstreamSecret.keys(ScramKeys.derive("pencil", SALT, 4096), PENCIL);
        ScramServer upstream = new ScramServer(
                ScramVerifier.of(ScramKeys.derive("pencil", otherSalt, 4096), otherSalt, 4096), true, null, "xyz");
        ScramClient client = new ScramClient(null, false, "def");
        ScramClient.Challenge challenge = client.challenge(upstream.first("SCRAM-SHA-256", client.first()));
        ScramException failure = catchThrowableOfType(ScramException.class, () -> secret.keysFor(challenge));
        assertThat(failure).hasMessageContaining("another SCRAM verifier");
    }

    @Test
    void a_server_that_cannot_sign_is_not_believed() throws ScramException {
        ScramClient client = new ScramClient(null, false, "abc");
        ScramServer server = new ScramServer(PENCIL, true, null, OUR_NONCE);
        ScramClient.Challenge challenge = client.challenge(server.first("SCRAM-SHA-256", client.first()));
        client.last(challenge, ScramKeys.derive("pencil", SALT, 4096));
        assertThat(catchThrowableOfType(ScramException.class, () -> client.verify(bytes("v=AAAA"))))
                .hasMessageContaining("signature is wrong");
        assertThat(client.verified()).isFalse();
    }

    @Test
    void a_wrong_password_and_an_unknown_role_fail_alike() {
        for (ScramServer server : new ScramServer[] {
            new ScramServer(PENCIL, true, null, OUR_NONCE), new ScramServer(PENCIL, false, null, OUR_NONCE)
        }) {
            ScramException failure = catchThrowableOfType(
                    ScramException.class,
                    () -> exchange(
                            server,
                            new ScramClient(null, false, "abc"),
                            ScramKeys.derive("crayon", SALT, 4096),
                            "SCRAM-SHA-256"));
            assertThat(failure.sqlState()).isEqualTo("28P01");
            assertThat(server.keys()).isNull();
        }
    }

    @Test
    void the_right_password_does_not_open_a_made_verifier() {
        ScramServer server = new ScramServer(PENCIL, false, null, OUR_NONCE);
        assertThat(catchThrowableOfType(
                                ScramException.class,
                                () -> exchange(
                                        server,
                                        new ScramClient(null, false, "abc"),
                                        ScramKeys.derive("pencil", SALT, 4096),
                                        "SCRAM-SHA-256"))
                        .sqlState())
                .isEqualTo("28P01");
    }

    @Test
    void a_binding_to_another_certificate_is_refused() {
        byte[] other = BINDING.clone();
        other[31] = 1;
        ScramException failure = catchThrowableOfType(
                ScramException.class,
                () -> exchange(
                        new ScramServer(PENCIL, true, BINDING, OUR_NONCE),
                        new ScramClient(other, true, "abc"),
                        ScramKeys.derive("pencil", SALT, 4096),
                        "SCRAM-SHA-256-PLUS"));
        assertThat(failure.sqlState()).isEqualTo("28000");
        assertThat(failure.reason()).isEqualTo(LoginFailure.CHANNEL_BINDING);
    }

    @Test
    void plus_is_never_offered_without_tls() {
        ScramServer server = new ScramServer(PENCIL, true, null, OUR_NONCE);
        assertThat(catchThrowableOfType(
                        ScramException.class,
                        () -> server.first("SCRAM-SHA-256-PLUS", bytes("p=tls-server-end-point,,n=,r=a"))))
                .hasMessageContaining("invalid SASL authentication mechanism");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SCRAM-SHA-256      | y,,n=,r=a                    | 28000",
                "SCRAM-SHA-256      | p=tls-server-end-point,,n=,r=a | 08P01",
                "SCRAM-SHA-256-PLUS | n,,n=,r=a                    | 08P01",
                "SCRAM-SHA-256-PLUS | y,,n=,r=a                    | 08P01",
                "SCRAM-SHA-256-PLUS | p=tls-unique,,n=,r=a         | 08P01",
                "SCRAM-SHA-256      | n,a=root,n=,r=a              | 0A000",
                "SCRAM-SHA-256      | n,,m=x,n=,r=a                | 08P01",
                "SCRAM-SHA-256      | n,,r=a                       | 08P01",
                "SCRAM-SHA-256      | n,,n=,r=                     | 08P01",
                "SCRAM-SHA-256      | n,,n=,r=a b                  | 08P01",
                "SCRAM-SHA-256      | n                            | 08P01",
                "SCRAM-SHA-256      | z,,n=,r=a                    | 08P01",
                "SCRAM-SHA-1        | n,,n=,r=a                    | 08P01"
            })
    void a_first_message_that_lies_is_refused(String mechanism, String message, String sqlState) {
        ScramServer server = new ScramServer(PENCIL, true, BINDING, OUR_NONCE);
        assertThat(catchThrowableOfType(ScramException.class, () -> server.first(mechanism, bytes(message)))
                        .sqlState())
                .isEqualTo(sqlState);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c=biws",
                "c=biws,r=wrong,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "c=eSws," + NONCE + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "c=biws," + NONCE + ",p=AAAA",
                "c=biws," + NONCE + ",p=!!!!",
                "c=biws," + NONCE + ",p=",
                "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=,c=biws," + NONCE,
                "c=biws," + NONCE + ",x=1,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
            })
    void a_last_message_that_lies_is_refused(String message) throws ScramException {
        ScramServer server = new ScramServer(PENCIL, true, null, OUR_NONCE);
        server.first("SCRAM-SHA-256", bytes("n,,n=user,r=" + CLIENT_NONCE));
        assertThat(catchThrowableOfType(ScramException.class, () -> server.last(bytes(message))))
                .isNotNull();
        assertThat(server.keys()).isNull();
    }

    @Test
    void messages_out_of_turn_are_refused() throws ScramException {
        ScramServer server = new ScramServer(PENCIL, true, null, OUR_NONCE);
        assertThat(catchThrowableOfType(ScramException.class, () -> server.last(bytes("c=biws,r=a,p=b"))))
                .isNotNull();
        server.first("SCRAM-SHA-256", bytes("n,,n=,r=a"));
        assertThat(catchThrowableOfType(ScramException.class, () -> server.first("SCRAM-SHA-256", bytes("n,,n=,r=a"))))
                .isNotNull();
    }

    @Test
    void no_text_shows_a_secret() {
        ScramKeys keys = ScramKeys.derive("pencil", SALT, 1);
        for (Object secret : new Object[] {
            keys,
            PENCIL,
            UpstreamSecret.password("pencil"),
            UpstreamSecret.keys(keys, PENCIL),
            Credential.password("user", "pencil", new Salts(new byte[32], 4096)),
            new ScramServer(PENCIL, true, null, OUR_NONCE)
        }) {
            assertThat(secret.toString()).endsWith("[***]");
        }
    }

    /** RFC 3454, A.1: letters younger than Unicode 3.2 leave a password as it is (saslprep.c), and libpq does the same. */
    @Test
    void a_password_with_younger_letters_is_hashed_as_it_is() {
        for (String password : List.of("e\u0301\ud83d\ude00", "\u00aa\u0221", "\ufb01\ua7b0")) {
            assertThat(PreparedPassword.of(password)).isEqualTo(password.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(PreparedPassword.of("e\u0301\u4e2d\ud800\udf00"))
                .isEqualTo("\u00e9\u4e2d\ud800\udf00".getBytes(StandardCharsets.UTF_8));
    }

    private static void exchange(ScramServer server, ScramClient client, ScramKeys keys, String mechanism)
            throws ScramException {
        ScramClient.Challenge challenge = client.challenge(server.first(mechanism, client.first()));
        client.verify(server.last(client.last(challenge, keys)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
