package io.sallyport.proxy.audit;

import java.time.Instant;
import java.util.List;

/**
 * A transaction was looked at before COMMIT, and a rule stood against what it did, or somebody had agreed to it; or it was run to be rolled back.
 *
 * @param outcome committed, held, denied, beyond (more than was approved), observed, unmeasured (it was committed before it could be looked at), rehearsed or failed in that
 * @param effects what it did, a line a table
 * @param statement what was sent last
 */
public record EffectsEvent(
        Instant at,
        String session,
        String user,
        String database,
        String outcome,
        String rule,
        List<String> effects,
        String statement)
        implements AuditEvent {
    public EffectsEvent {
        effects = List.copyOf(effects);
        statement = AuditText.statement(statement);
    }
}
