package io.sallyport.proxy;

import io.sallyport.policies.analysis.StatementFacts;
import io.sallyport.policies.approval.OidcSubject;
import io.sallyport.policies.decision.Decision;
import io.sallyport.policies.decision.Verdict;
import io.sallyport.policies.rule.Subject;
import io.sallyport.proxy.access.AccessObserver;
import io.sallyport.proxy.access.AccessToken;
import io.sallyport.proxy.admin.web.SignInObserver;
import io.sallyport.proxy.approval.VoteObserver;
import io.sallyport.proxy.approval.Voter;
import io.sallyport.proxy.audit.AccessTokenEvent;
import io.sallyport.proxy.audit.AuditEvent;
import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.audit.TokenEvent;
import io.sallyport.proxy.budget.Account;
import io.sallyport.proxy.gate.GateListener;
import io.sallyport.proxy.hold.Hold;
import io.sallyport.proxy.hold.HoldCode;
import io.sallyport.proxy.hold.HoldObserver;
import io.sallyport.proxy.hold.HoldRequest;
import io.sallyport.proxy.hold.Outcome;
import io.sallyport.proxy.hold.Resolution;
import io.sallyport.proxy.hold.Vote;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.token.Grant;
import io.sallyport.proxy.token.TokenObserver;
import io.sallyport.proxy.token.TokenRequest;
import io.sallyport.proxy.token.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Writes down what gate, holds and votes report: metrics, audit, log. */
final class Records implements GateListener, HoldObserver, VoteObserver, TokenObserver, AccessObserver, SignInObserver {
    private static final Logger log = LoggerFactory.getLogger(Records.class);

    private final ProxyMetrics metrics;
    private final AuditLog audit;
    private final Clock clock;

    Records(ProxyMetrics metrics, AuditLog audit, Clock clock) {
        this.metrics = metrics;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void judged(StatementFacts statement, Verdict verdict, Subject subject, boolean observed) {
        String decision = verdict.decision().label();
        if (observed) {
            metrics.statementDecided(Decision.ALLOW.label(), verdict.rule());
            metrics.statementObserved(decision, verdict.rule());
        } else {
            metrics.statementDecided(decision, verdict.rule());
        }
        if (disagrees(statement)) {
            metrics.readingsDisagreed();
        }
    }

    @Override
    public void budgetsKept(IntSupplier count) {
        metrics.budgets().watch(count);
    }

    @Override
    public void budgetLost(Account account) {
        metrics.budgets().lost();
        log.warn(
                "no room for more sums of rows: budgets of {} \"{}\" in {} count as used up for a while",
                account.per().label(),
                account.who(),
                account.database());
    }

    private static boolean disagrees(StatementFacts statement) {
        return statement.disagreement() != null || statement.nested().stream().anyMatch(Records::disagrees);
    }

    @Override
    public void opened(Hold hold) {
        metrics.holdOpened();
        withCode(
                hold.code(),
                () -> log.info(
                        "hold {} of {} on {}: rule \"{}\"",
                        hold.code(),
                        hold.request().requester(),
                        hold.request().database(),
                        hold.request().rule()));
    }

    @Override
    public void ended(Hold hold, Resolution resolution) {
        Duration waited = Duration.between(hold.openedAt(), clock.instant());
        metrics.holdEnded(resolution.label(), waited);
        append(new AuditEvent.HoldEnded(
                clock.instant(),
                hold.code().value(),
                hold.request().session(),
                resolution.label(),
                resolution.person(),
                waited.toMillis(),
                resolution.detail()));
        withCode(hold.code(), () -> log.info("hold {} {}", hold.code(), resolution.label()));
    }

    @Override
    public void orphaned(Hold hold, Resolution resolution) {
        Outcome outcome = hold.outcome();
        if (outcome != null) {
            append(new AuditEvent.Finished(
                    clock.instant(), hold.code().value(), hold.request().session(), List.of(), outcome.sqlState()));
            withCode(hold.code(), () -> log.error("hold {}: its proxy ended while it ran", hold.code()));
            return;
        }
        append(new AuditEvent.HoldEnded(
                clock.instant(),
                hold.code().value(),
                hold.request().session(),
                resolution.label(),
                resolution.person(),
                Duration.between(hold.openedAt(), clock.instant()).toMillis(),
                resolution.detail()));
        withCode(hold.code(), () -> log.warn("hold {} {}: {}", hold.code(), resolution.label(), resolution.detail()));
    }

    @Override
    public boolean voted(HoldCode hold, Voter voter, String vote, boolean counted, String detail) {
        OidcSubject subject = voter.identity().subject();
        return append(new AuditEvent.Voted(
                clock.instant(),
                hold.value(),
                voter.name(),
                subject == null ? null : subject.issuer(),
                subject == null ? null : subject.subject(),
                voter.session(),
                voter.via(),
                vote,
                counted,
                detail));
    }

    @Override
    public boolean breaksGlass(Hold hold, Voter voter, String reason) {
        HoldRequest request = hold.request();
        boolean taken = append(new AuditEvent.GlassBroken(
                clock.instant(),
                hold.code().value(),
                request.session(),
                voter.name(),
                voter.session(),
                request.rule(),
                reason,
                request.texts()));
        if (taken) {
            metrics.glassBroken();
            withCode(hold.code(), () -> log.warn("hold {}: break-glass by {}", hold.code(), voter.name()));
        }
        return taken;
    }

    @Override
    public void requested(TokenRequest request) {
        metrics.token("requested");
        append(new TokenEvent.Requested(
                clock.instant(),
                request.code().value(),
                request.request().session(),
                request.scope().requester(),
                request.scope().database(),
                request.request().rule(),
                request.request().texts()));
    }

    @Override
    public boolean granted(Grant grant, Voter last) {
        TokenRequest request = grant.request();
        boolean taken = append(new TokenEvent.Granted(
                clock.instant(),
                request.code().value(),
                Tokens.grantedBy(request),
                last.session(),
                request.scope().requester(),
                request.scope().database(),
                request.statements().size(),
                request.limits().rows(),
                request.scope().searchPath().toString(),
                Objects.requireNonNull(grant.expiresAt()),
                request.votes().stream()
                        .map(Vote::reason)
                        .filter(why -> !why.isEmpty())
                        .collect(Collectors.joining("; ")),
                request.request().texts()));
        if (taken) {
            metrics.token("granted");
        }
        return taken;
    }

    @Override
    public boolean made(AccessToken token, Voter by) {
        boolean taken = append(new AccessTokenEvent.Made(
                clock.instant(), token.id(), token.label(), token.owner().role(), by.session(), token.expiresAt()));
        if (taken) {
            metrics.accessToken("made");
        }
        return taken;
    }

    @Override
    public void revoked(String id, Voter by) {
        metrics.accessToken("revoked");
        append(new AccessTokenEvent.Revoked(clock.instant(), id, by.name(), by.session()));
    }

    @Override
    public void signedIn(String name, String address, String by) {
        log.info("{} signed in from {} by the {}", name, address, by);
    }

    @Override
    public void signInFailed(String user, String address, String reason, Duration delay) {
        metrics.loginFailed(reason);
        append(new AuditEvent.LoginFailed(clock.instant(), "page", user, "", address, reason, delay.toMillis()));
    }

    private boolean append(AuditEvent event) {
        boolean taken = audit.append(event);
        if (!taken) {
            metrics.auditFailed();
        }
        return taken;
    }

    private static void withCode(HoldCode code, Runnable line) {
        MDC.put("hold", code.value());
        try {
            line.run();
        } finally {
            MDC.remove("hold");
        }
    }
}
