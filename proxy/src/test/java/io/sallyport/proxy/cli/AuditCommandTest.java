package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.config.AuditSettings;
import io.sallyport.proxy.config.FsyncPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
    @TempDir
    private Path folder;

    @Test
    void a_signed_log_is_proven_by_the_public_key_that_keygen_printed() throws Exception {
        Path publicKey = keygen("audit.key");
        Path log = write("audit.jsonl", folder.resolve("audit.key"));
        Invocation verified =
                Invocation.of("audit", "verify", "--complete", "--public-key", publicKey.toString(), log.toString());
        assertThat(verified.exitCode()).isZero();
        assertThat(verified.out()).startsWith("intact").contains("proven by a given key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("audit.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void another_key_proves_nothing() throws Exception {
        keygen("audit.key");
        Path other = keygen("other.key");
        Path log = write("audit.jsonl", folder.resolve("audit.key"));
        Files.delete(folder.resolve("audit.jsonl.checkpoint"));
        Invocation verified = Invocation.of("audit", "verify", "--public-key", other.toString(), log.toString());
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.out()).startsWith("NOT INTACT").contains("bad signature");
    }

    @Test
    void an_edited_line_is_named_with_its_file() throws Exception {
        Path log = write("audit.jsonl", null);
        Files.writeString(log, Files.readString(log).replace("\"s-3\"", "\"s-8\""));
        Invocation verified = Invocation.of("audit", "verify", folder.toString());
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.out()).contains(log + ":5: edited");
        Invocation json = Invocation.of("audit", "verify", "--format", "json", log.toString());
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(json.out()).contains("\"kind\" : \"EDITED\"").contains("\"line\" : 5");
    }

    @Test
    void without_a_key_the_report_says_what_that_is_worth() throws Exception {
        Path log = write("audit.jsonl", null);
        Invocation verified = Invocation.of("audit", "verify", log.toString());
        assertThat(verified.exitCode()).isZero();
        assertThat(verified.out()).contains("none signed").contains("can make it anew");
    }

    @Test
    void what_cannot_be_read_is_a_usage_error() throws Exception {
        Path absent = folder.resolve("absent");
        assertThat(Invocation.of("audit", "verify", absent.toString()).exitCode())
                .isEqualTo(2);
        assertThat(Invocation.of("audit", "verify", absent.toString()).err()).contains("does not exist");
        Path log = write("audit.jsonl", null);
        Invocation noKey = Invocation.of("audit", "verify", "--public-key", log.toString(), log.toString());
        assertThat(noKey.exitCode()).isEqualTo(2);
        assertThat(noKey.err()).contains("holds no key");
        assertThat(Invocation.of("audit").exitCode()).isEqualTo(2);
    }

    @Test
    void a_key_is_not_overwritten() throws Exception {
        keygen("audit.key");
        Invocation again =
                Invocation.of("audit", "keygen", folder.resolve("audit.key").toString());
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("not overwritten");
    }

    private Path keygen(String name) throws IOException {
        Invocation made = Invocation.of("audit", "keygen", folder.resolve(name).toString());
        assertThat(made.exitCode()).isZero();
        return Files.writeString(folder.resolve(name + ".pub"), made.out());
    }

    private Path write(String name, @Nullable Path key) throws IOException {
        Path file = folder.resolve(name);
        AuditSettings defaults = AuditSettings.DEFAULTS;
        AuditSettings settings = new AuditSettings(
                file,
                false,
                key,
                new AuditSettings.Checkpoints(10, Duration.ofMinutes(1)),
                FsyncPolicy.NONE,
                defaults.fsyncInterval(),
                defaults.rotation());
        try (AuditLog log = AuditLog.open(settings)) {
            for (int i = 0; i < 25; i++) {
                log.append(new AuditEvent.SessionEnded(Instant.now(), "s-" + i, "terminated"));
            }
        }
        return file;
    }
}
