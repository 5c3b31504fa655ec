package io.sallyport.proxy.audit;

import java.time.Instant;
import java.util.List;

/**
 * The server said that it ran something else than what was judged.
 *
 * @param kinds what was judged, in order; the first twenty
 * @param commandTag what the server said
 * @param statement the judged text, whole
 */
public record SelfCheckEvent(
        Instant at,
        String session,
        String user,
        String database,
        String client,
        List<String> kinds,
        String commandTag,
        String statement)
        implements AuditEvent {
    public SelfCheckEvent {
        kinds = List.copyOf(kinds);
        statement = AuditText.statement(statement);
    }
}
