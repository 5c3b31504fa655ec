package io.sallyport.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;

final class AuditTrailTest {
    @TempDir
    Path folder;

    @Test
    void trail_keeps_votes_ends_and_outcomes_of_the_log_in_order() throws IOException {
        Path file = folder.resolve("audit.jsonl");
        Instant now = Instant.EPOCH;
        try (AuditLog log = AuditLog.open(file, false)) {
            log.append(new AuditEvent.SessionStarted(now, "s1", "alice", "shop", "psql", "127.0.0.1", null, null));
            log.append(new AuditEvent.Voted(now, "K7Q4-F2MD", "alice", "s2", "approve", false, "the requester"));
            log.append(new AuditEvent.Voted(now, "K7Q4-F2MD", "bob", "s3", "approve", true, ""));
            log.append(new AuditEvent.HoldEnded(now, "K7Q4-F2MD", "s1", "approved", "bob", 12, ""));
            log.append(new AuditEvent.Finished(now, "K7Q4-F2MD", "s1", List.of("DELETE 4000"), null));
        }

        assertThat(AuditTrail.read(file))
                .containsExactly(
                        "K7Q4-F2MD approve by alice refused",
                        "K7Q4-F2MD approve by bob counted",
                        "K7Q4-F2MD approved by bob",
                        "K7Q4-F2MD finished [\"DELETE 4000\"]");
    }

    @Test
    void line_that_is_not_json_is_not_passed_over() throws IOException {
        Path file = Files.writeString(folder.resolve("audit.jsonl"), "{\"event\":\n");

        assertThatThrownBy(() -> AuditTrail.read(file)).isInstanceOf(JacksonException.class);
    }
}
