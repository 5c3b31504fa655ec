package io.sallyport.proxy.audit;

import java.time.Instant;
import java.util.List;

/** Events as tests need them. */
final class AuditEvents {
    static final Instant AT = Instant.parse("2026-11-21T02:00:00.125Z");

    private AuditEvents() {}

    static AuditEvent decided(String decision, String statement) {
        return new AuditEvent.Decided(
                AT,
                "s-1",
                "alice",
                "orders",
                "psql",
                "10.0.0.9:51000",
                decision,
                "whole-table writes",
                decision.equals("hold") ? "K7Q4-F2MD" : null,
                List.of("delete"),
                statement,
                true,
                null,
                null);
    }

    static AuditEvent numbered(int number) {
        return new AuditEvent.SessionEnded(AT, "s-" + number, "terminated");
    }
}
