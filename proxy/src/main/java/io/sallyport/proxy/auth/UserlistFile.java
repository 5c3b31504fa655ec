package io.sallyport.proxy.auth;

import io.sallyport.proxy.config.SmallFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A userlist on disk. It is looked at before a login, at most once a second, and taken anew when its text changed; one
 * that has problems is logged, and the list before stays.
 */
final class UserlistFile implements CredentialSource {
    private static final Logger log = LoggerFactory.getLogger(UserlistFile.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Path file;
    private final Clock clock;
    private final Salts salts;
    private Map<String, Credential> roles;
    private String text;
    private Instant looked;

    private UserlistFile(Path file, Clock clock, Salts salts, String text) {
        this.file = file;
        this.clock = clock;
        this.salts = salts;
        this.text = text;
        this.roles = Userlist.parse(text, file.toString(), salts);
        deriveEarly(roles);
        this.looked = clock.instant();
    }

    /** @throws IOException when it cannot be read or has problems; the message says where */
    static UserlistFile open(Path file, Clock clock, Salts salts) throws IOException {
        try {
            return new UserlistFile(file, clock, salts, read(file));
        } catch (IllegalArgumentException problem) {
            throw new IOException("auth.userlist: " + problem.getMessage(), problem);
        }
    }

    @Override
    public synchronized @Nullable Credential find(String role) {
        Instant now = clock.instant();
        if (!looked.plus(LOOK_EVERY).isAfter(now)) {
            looked = now;
            look();
        }
        return roles.get(role);
    }

    private void look() {
        try {
            String current = read(file);
            if (!current.equals(text)) {
                // Noted even when refused: a broken list is reported once.
                text = current;
                roles = Userlist.parse(current, file.toString(), salts);
                deriveEarly(roles);
                log.info("userlist {} read anew: {} roles", file, roles.size());
            }
        } catch (IOException | IllegalArgumentException problem) {
            log.error("the userlist before stays in force: {}", problem.getMessage());
        }
    }

    /** That a role's first login takes longer would tell that there is the role. */
    private static void deriveEarly(Map<String, Credential> roles) {
        Thread thread = new Thread(() -> roles.values().forEach(Credential::verifier), "userlist");
        thread.setDaemon(true);
        thread.start();
    }

    private static String read(Path file) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(SmallFile.read(file)))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new IOException("auth.userlist: " + file + " is not UTF-8 text", notText);
        } catch (IOException why) {
            throw new IOException("auth.userlist: " + file + " " + why.getMessage(), why);
        }
    }
}
