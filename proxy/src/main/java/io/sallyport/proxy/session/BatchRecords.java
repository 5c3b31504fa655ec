package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.effects.Effects;
import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.audit.EffectsEvent;
import io.sallyport.proxy.audit.TokenEvent;
import io.sallyport.proxy.batch.Batch;
import io.sallyport.proxy.batch.BatchReading;
import io.sallyport.proxy.batch.SqlText;
import io.sallyport.proxy.gate.HeldWork;
import io.sallyport.proxy.gate.Ruling;
import io.sallyport.proxy.impact.EffectsText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down, for metrics and audit, what becomes of a session's batches. */
final class BatchRecords {
    private final SessionServices services;
    private final SessionInfo info;
    private final SessionSettings settings;

    BatchRecords(SessionServices services, SessionInfo info, SessionSettings settings) {
        this.services = services;
        this.info = info;
        this.settings = settings;
    }

    /** @return whether the event was taken; what must be recorded and cannot be is refused */
    boolean append(AuditEvent event) {
        boolean taken = services.audit().append(event);
        if (!taken) {
            services.metrics().auditFailed();
        }
        return taken;
    }

    /**
     * The batch is to go to the server: counted, timed, and written down where every statement is.
     *
     * @return false where something destructive had to be written down and could not be
     */
    boolean allowed(Batch batch, BatchReading reading, Ruling.@Nullable Observed observed) {
        services.metrics().judged(System.nanoTime() - batch.receivedNanos());
        if (observed != null) {
            Verdict verdict = observed.verdict();
            return decided(verdict.decision().label(), verdict.rule(), observed.work(), null, true);
        }
        return !services.config().audit().everyStatement()
                || reading.points().isEmpty()
                || decided("allow", "", kinds(reading), texts(reading), true, null, null, List.of())
                || statements(reading).stream().noneMatch(StatementFacts::destructive);
    }

    /** What a transaction did, where something stood against it. */
    void effects(BatchReading reading, Effects effects, String outcome, String rule) {
        append(new EffectsEvent(
                services.clock().instant(),
                info.code(),
                info.user(),
                info.database(),
                outcome,
                rule,
                EffectsText.lines(effects),
                texts(reading)));
    }

    void denied(BatchReading reading, Ruling.Deny deny) {
        decided("deny", deny.denial().rule(), kinds(reading), texts(reading), true, null, null, List.of());
    }

    /** @param hold the code of the hold that it opened, or null */
    boolean stopped(String decision, Verdict verdict, HeldWork work, @Nullable String hold) {
        return decided(decision, verdict.rule(), work, hold, null);
    }

    /** What the server made of an approved batch. */
    void finished(String code, List<String> commandTags, @Nullable String sqlState) {
        append(new AuditEvent.Finished(services.clock().instant(), code, info.code(), commandTags, sqlState));
    }

    /** @return whether it was taken; else nothing runs */
    boolean tokenUsed(Ruling.Grantable ruling, String request, String grantedBy, int left) {
        return append(new TokenEvent.Used(
                services.clock().instant(),
                request,
                info.code(),
                info.user(),
                info.database(),
                info.client(),
                ruling.verdict().rule(),
                grantedBy,
                left,
                ruling.work().texts()));
    }

    void tokenRowsExceeded(String request, String commandTag, long rows) {
        append(new TokenEvent.RowsExceeded(services.clock().instant(), request, info.code(), commandTag, rows));
    }

    void tokenGivenBack(String request, String why) {
        append(new TokenEvent.GivenBack(services.clock().instant(), request, info.code(), why));
    }

    private boolean decided(
            String decision, String rule, HeldWork work, @Nullable String hold, @Nullable Boolean observed) {
        return decided(decision, rule, work.kinds(), work.texts(), work.readable(), hold, observed, work.sums());
    }

    private boolean decided(
            String decision,
            String rule,
            List<String> kinds,
            String text,
            boolean readable,
            @Nullable String hold,
            @Nullable Boolean observed,
            List<String> sums) {
        return append(new AuditEvent.Decided(
                services.clock().instant(),
                info.code(),
                info.user(),
                info.database(),
                settings.application(),
                info.client(),
                decision,
                rule,
                hold,
                kinds,
                text,
                readable,
                observed,
                sums));
    }

    private static List<String> kinds(BatchReading reading) {
        return statements(reading).stream()
                .map(statement -> statement.kind().label())
                .distinct()
                .toList();
    }

    private static List<StatementFacts> statements(BatchReading reading) {
        return reading.points().stream()
                .flatMap(point -> point.texts().stream())
                .flatMap(text -> text.statements().stream())
                .toList();
    }

    private static String texts(BatchReading reading) {
        return String.join(
                ";\n",
                reading.points().stream()
                        .flatMap(point -> point.texts().stream())
                        .distinct()
                        .map(SqlText::display)
                        .toList());
    }
}
