package io.sallyport.proxy.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as PgBouncer reads them. */
class UserlistTest {
    private static final Salts SALTS = new Salts("a secret that outlives the process".getBytes(UTF_8), 10_000);
    private static final String VERIFIER = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
            + "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

    @Test
    void passwords_verifiers_comments_and_doubled_quotes_are_read() {
        var roles = Userlist.parse(
                "; a comment\n\n\"alice\" \"open \"\"sesame\"\"\"\n\"o\"\"neil\" \"" + VERIFIER + "\" \"ignored\"\r\n",
                "users.txt",
                SALTS);
        assertThat(roles).containsOnlyKeys("alice", "o\"neil");
        assertThat(new String(
                        Objects.requireNonNull(roles.get("alice"))
                                .forServer(null)
                                .cleartext(),
                        UTF_8))
                .isEqualTo("open \"sesame\"");
        assertThat(Objects.requireNonNull(roles.get("o\"neil")).forServer(null).canScram())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"a\" \"md5aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" | md5 hash cannot serve SCRAM",
                "\"a\" \"SCRAM-SHA-256$4096:xx$yy\" | verifier is damaged",
                "\"a\" \"\" | secret is empty",
                "a b | in double quotes",
                "\"a\" | in double quotes",
                "\"a\" \"unclosed | in double quotes"
            })
    void a_line_that_cannot_serve_is_named_without_its_secret(String line, String problem) {
        assertThatThrownBy(() -> Userlist.parse("\"x\" \"y\"\n" + line, "users.txt", SALTS))
                .hasMessageStartingWith("users.txt:2: ")
                .hasMessageContaining(problem)
                .hasMessageNotContainingAny("aaaa", "unclosed", "xx$yy");
    }

    @Test
    void a_line_as_long_as_a_file_may_be_is_read() {
        String password = "p\"\"".repeat(300_000);
        assertThat(Userlist.parse("\"alice\" \"" + password + "\"", "users.txt", SALTS))
                .containsOnlyKeys("alice");
    }

    @Test
    void a_changed_file_is_taken_up_and_a_broken_one_is_not(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("users.txt");
        Files.writeString(file, "\"alice\" \"one\"\n");
        var clock = new Object() {
            java.time.Instant now = java.time.Instant.EPOCH;
        };
        Clock moving = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return java.time.ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public java.time.Instant instant() {
                return clock.now;
            }
        };
        UserlistFile list = UserlistFile.open(file, moving, SALTS);
        assertThat(list.find("bob")).isNull();
        Files.writeString(file, "\"bob\" \"two\"\n");
        clock.now = clock.now.plus(Duration.ofSeconds(2));
        assertThat(list.find("bob")).isNotNull();
        assertThat(list.find("alice")).isNull();
        Files.writeString(file, "broken\n");
        clock.now = clock.now.plus(Duration.ofSeconds(2));
        assertThat(list.find("bob")).isNotNull();
    }

    /** A salt that changes, or iterations that differ, would tell who is in the list. */
    @Test
    void salts_of_passwords_and_of_nobody_outlive_readings_and_processes() {
        Salts restarted = new Salts("a secret that outlives the process".getBytes(UTF_8), 10_000);
        ScramVerifier first = Objects.requireNonNull(
                        Userlist.parse("\"alice\" \"one\"", "users.txt", SALTS).get("alice"))
                .verifier();
        ScramVerifier second = Objects.requireNonNull(Userlist.parse("\"alice\" \"two\"", "users.txt", restarted)
                        .get("alice"))
                .verifier();
        assertThat(second.salt())
                .isEqualTo(first.salt())
                .isEqualTo(SALTS.ofNobody("alice").salt());
        assertThat(SALTS.ofNobody("bob").salt())
                .isEqualTo(restarted.ofNobody("bob").salt())
                .isNotEqualTo(first.salt());
        assertThat(first.iterations())
                .isEqualTo(SALTS.ofNobody("bob").iterations())
                .isEqualTo(10_000);
    }

    @Test
    void a_missing_file_is_named(@TempDir Path folder) {
        Path missing = folder.resolve("none.txt");
        assertThatThrownBy(() -> UserlistFile.open(missing, Clock.systemUTC(), SALTS))
                .isInstanceOf(IOException.class)
                .hasMessage("auth.userlist: " + missing + " does not exist");
    }

    @Test
    void a_fifo_in_place_of_the_file_stops_nobody(@TempDir Path folder) throws Exception {
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> UserlistFile.open(fifo, Clock.systemUTC(), SALTS))
                .isInstanceOf(IOException.class)
                .hasMessage("auth.userlist: " + fifo + " is not a file");
    }

    @Test
    void failures_of_one_address_cost_more_and_more_up_to_a_limit() {
        LoginThrottle throttle = new LoginThrottle(Duration.ofMillis(100), Clock.systemUTC());
        long[] delays = new long[8];
        for (int i = 0; i < delays.length; i++) {
            delays[i] = throttle.failed("10.0.0.1:" + i).toMillis();
        }
        assertThat(delays).containsExactly(100, 200, 400, 800, 1600, 3200, 3200, 3200);
        assertThat(throttle.failed("10.0.0.2:1").toMillis()).isEqualTo(100);
        for (int i = 0; i < 20_000; i++) {
            throttle.failed("10." + i + ".0.9:1");
        }
        assertThat(throttle.size()).isEqualTo(10_000);
    }

    @Test
    void who_hangs_up_instead_of_waiting_keeps_a_place_until_the_time_is_over() {
        var time = new Object() {
            Instant now = Instant.EPOCH;
        };
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return java.time.ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return time.now;
            }
        };
        LoginThrottle throttle = new LoginThrottle(Duration.ofMillis(100), clock);
        throttle.failed("10.0.0.1:1");
        throttle.hungUp("10.0.0.1:1");
        throttle.failed("10.0.0.1:2");
        throttle.hungUp("10.0.0.1:2");
        assertThat(throttle.waiting("10.0.0.1:3")).isEqualTo(2);
        assertThat(throttle.waiting("10.0.0.2:3")).isZero();
        time.now = time.now.plusMillis(150);
        assertThat(throttle.waiting("10.0.0.1:3")).isEqualTo(1);
        time.now = time.now.plusMillis(50);
        assertThat(throttle.waiting("10.0.0.1:3")).isZero();
    }
}
