package io.sallyport.proxy.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sallyport.proxy.it.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The secret of a personal access token is in no log of the proxy or the server; audit and metrics are looked at when a place ends. */
@Timeout(120)
final class AccessTokenSecrecyIT {
    @Test
    void secret_is_nowhere_but_with_whoever_made_it(@TempDir Path folder) throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger("io.sallyport");
        Level before = root.getLevel();
        root.setLevel(Level.TRACE);
        log.start();
        root.addAppender(log);
        Map<String, String> settings = Map.of("auth.query_user", "access_asker", "audit.every_statement", "true");
        try (TestServer server = TestServer.startLogging(folder.resolve("server"));
                AccessPlace place = new AccessPlace(server, settings)) {
            AccessPlace.Token token = place.token("access_bob");
            assertThat(place.bearing(token).get("/api/v1/holds").status()).isEqualTo(200);
            assertThat(place.bearing(token.secret() + "~").get("/api/v1/holds").status())
                    .isEqualTo(401);
            // In the wrong places.
            place.say("access_bob", "SALLYPORT REVOKE ACCESS TOKEN '" + token.secret() + "'");
            place.say("access_bob", "SALLYPORT ACCESS TOKEN '" + token.secret() + "'");
            place.say("access_bob", "SET sallyport.token = '" + token.secret() + "'");
            Browser.at(place.proxy().adminPort())
                    .with("Authorization", "Bearer " + token.secret())
                    .send("DELETE", "/api/v1/access-tokens/" + token.secret(), "");
            String heart = token.secret().substring(3);
            String serverLog = Files.readString(folder.resolve("server/log/pg.log"), StandardCharsets.ISO_8859_1);
            assertThat(serverLog)
                    .contains("sallyport roles", "FROM login CROSS JOIN held")
                    .doesNotContain(heart);
            String logged = log.list.stream()
                    .map(event -> event.getFormattedMessage() + " " + event.getThrowableProxy())
                    .collect(Collectors.joining("\n"));
            assertThat(logged)
                    .contains("session of access_bob", "access_bob signed in")
                    .doesNotContainIgnoringCase(heart);
        } finally {
            root.detachAppender(log);
            root.setLevel(before);
        }
    }
}
