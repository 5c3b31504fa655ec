package io.sallyport.proxy.replay;

import io.sallyport.policies.Policy;
import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.analysis.StatementKind;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Circumstances;
import io.sallyport.policies.rule.Subject;
import io.sallyport.proxy.replay.log.LogRecord;
import io.sallyport.proxy.replay.log.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes the records of logs in order, judges what they say was run, and counts. */
public final class Replay {
    /** How a server names the text behind an EXECUTE (postgres.c, errdetail_execute). */
    private static final String PREPARE_DETAIL = "prepare: ";

    private final Judge judge;
    private final Readings readings = new Readings();
    private final Memberships memberships;
    private final ReplayFilter filter;
    private final boolean includeErrors;
    private final SessionBook sessions = new SessionBook();
    private final ReplayCounts counts;

    /** @param includeErrors whether to judge strings too that are in the log only because they failed */
    public Replay(
            Policy policy, Memberships memberships, ReplayFilter filter, boolean includeErrors, ReplayCounts counts) {
        this.memberships = memberships;
        this.judge = new Judge(policy);
        this.filter = filter;
        this.includeErrors = includeErrors;
        this.counts = counts;
    }

    public void take(LogRecord record) {
        counts.records++;
        LoggedEvent event = LoggedEvent.of(record);
        switch (event.type()) {
            case STATEMENT -> ran(record, event.text());
            case FAILURE -> failed(record, event.text());
            case CONNECTION -> sessions.of(record.origin()).connected(event.text());
            case FETCH -> counts.fetches++;
            case NOTHING -> {}
        }
    }

    SessionBook sessions() {
        return sessions;
    }

    /** With log_statement a string is logged before it runs, and again with its error. */
    private void failed(LogRecord record, String sql) {
        if (sessions.of(record.origin()).wasLast(sql)) {
            return;
        }
        if (includeErrors) {
            ran(record, sql);
        } else {
            counts.failures++;
        }
    }

    private void ran(LogRecord record, String sql) {
        if (record.cut()) {
            counts.overlong++;
            return;
        }
        LoggedSession session = sessions.of(record.origin());
        Origin origin = session.completed(record.origin());
        Reading reading = readings.of(sql, session.settings());
        List<StatementFacts> statements = withPrepared(reading.statements(), record.detail(), session);
        session.ran(sql, reading.statements());
        if (!filter.admits(origin, record.at())) {
            counts.filtered++;
            return;
        }
        Verdict verdict = judge.decide(statements, circumstances(origin, record.at(), statements.size()));
        counts.add(record, origin, verdict, reading.fingerprint(), sql);
    }

    private Circumstances circumstances(Origin origin, @Nullable Instant at, int statements) {
        Subject subject = new Subject(
                origin.user(),
                origin.database(),
                origin.application(),
                origin.client(),
                null,
                memberships.of(origin.user()));
        return new Circumstances(subject, at == null ? Instant.EPOCH : at, statements);
    }

    /** EXECUTE runs what PREPARE says, which the server logs as a detail; else an earlier line of the session has it. */
    private List<StatementFacts> withPrepared(
            List<StatementFacts> statements, @Nullable String detail, LoggedSession session) {
        if (statements.stream().noneMatch(statement -> statement.kind() == StatementKind.EXECUTE)) {
            return statements;
        }
        List<StatementFacts> all = new ArrayList<>(statements);
        boolean told = detail != null && detail.toLowerCase(Locale.ROOT).startsWith(PREPARE_DETAIL);
        for (StatementFacts statement : statements) {
            String prepare = detail != null && told
                    ? detail.substring(PREPARE_DETAIL.length())
                    : session.prepare(statement.preparedName());
            if (statement.kind() == StatementKind.EXECUTE && prepare != null) {
                all.addAll(readings.of(prepare, session.settings()).statements());
            } else if (statement.kind() == StatementKind.EXECUTE) {
                counts.unknownExecutes++;
            }
        }
        return all;
    }
}
