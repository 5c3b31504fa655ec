package io.sallyport.proxy.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sallyport.proxy.hold.HoldFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What proves a message genuine, and what of a webhook nobody else may see. */
@Timeout(60)
class WebhookSecretsTest {
    @TempDir
    Path folder;

    private final Inbox inbox = new Inbox();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.sallyport.proxy.webhook");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listens_to_the_log() {
        logged.start();
        logger.addAppender(logged);
        logger.setLevel(Level.TRACE);
    }

    @AfterEach
    void closes() {
        logger.detachAppender(logged);
        logger.setLevel(null);
        inbox.close();
    }

    private Fixture json(String... more) {
        Map<String, String> settings = Fixture.json(inbox, folder);
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new Fixture(settings);
    }

    private String log() {
        return List.copyOf(logged.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void the_receiver_can_tell_that_it_is_genuine() throws GeneralSecurityException {
        try (Fixture it = json()) {
            it.open();
            Inbox.Letter letter = inbox.await(1).get(0);
            byte[] secret = Fixture.SECRET.getBytes(StandardCharsets.UTF_8);
            long now = Instant.now().getEpochSecond();
            assertThat(SignatureVerifier.isGenuine(secret, letter.signature(), letter.body(), now))
                    .isTrue();
            assertThat(SignatureVerifier.isGenuine(secret, letter.signature(), letter.body(), now + 600))
                    .isFalse();
            assertThat(SignatureVerifier.isGenuine(new byte[16], letter.signature(), letter.body(), now))
                    .isFalse();
            letter.body()[10] ^= 1;
            assertThat(SignatureVerifier.isGenuine(secret, letter.signature(), letter.body(), now))
                    .isFalse();
        }
    }

    @Test
    void a_secret_can_be_changed_while_running() throws Exception {
        Map<String, String> settings = Fixture.json(inbox, folder);
        Path file = Path.of(settings.get("secret_file"));
        try (Fixture it = new Fixture(settings)) {
            Files.writeString(file, "short");
            it.open();
            inbox.await(1);
            Files.writeString(file, "another-secret-of-some-length");
            it.open();
            List<Inbox.Letter> letters = inbox.await(2);
            long now = Instant.now().getEpochSecond();
            assertThat(genuine(Fixture.SECRET, letters.get(0), now)).isTrue();
            assertThat(genuine("another-secret-of-some-length", letters.get(1), now))
                    .isTrue();
            assertThat(log()).contains("too short; expected 16 bytes or more; what it held before is still used");
        }
    }

    private static boolean genuine(String secret, Inbox.Letter letter, long now) throws GeneralSecurityException {
        return SignatureVerifier.isGenuine(
                secret.getBytes(StandardCharsets.UTF_8), letter.signature(), letter.body(), now);
    }

    @Test
    void no_secret_is_in_the_log() {
        inbox.next(Inbox.answer(500, "very-secret-answer")).next(Inbox.answer(404, "very-secret-answer"));
        try (Fixture it = json("statement", "on")) {
            it.open(HoldFixture.of(
                    "ALTER ROLE x PASSWORD 'very-secret-password'", List.of("$1 = very-secret-value"), List.of()));
            Awaitility.await().until(() -> it.metric("deliveries_total", "failed") == 1);
            inbox.close();
            it.open();
            Awaitility.await().until(() -> log().contains("it cannot be connected to"));
        }
        assertThat(log())
                .contains("webhook ops (127.0.0.1)")
                .doesNotContain("very-secret", Fixture.SECRET, "sallyport.proxy.webhook");
        assertThat(inbox.letters())
                .isNotEmpty()
                .allSatisfy(letter -> assertThat(letter.text()).doesNotContain("very-secret"));
    }

    @Test
    void a_secret_that_is_missing_or_short_stops_the_start() {
        Map<String, String> missing = Fixture.json(inbox, folder);
        missing.put("secret_file", folder + "/none");
        assertThatThrownBy(() -> new Fixture(missing))
                .hasMessageContaining("webhooks.ops.secret_file: " + folder + "/none does not exist");
        Map<String, String> brief = Fixture.json(inbox, folder);
        brief.put("secret_file", Fixture.file(folder, "hush-hush"));
        assertThatThrownBy(() -> new Fixture(brief))
                .hasMessageContaining("too short; expected 16 bytes or more")
                .hasMessageNotContaining("hush");
    }
}
