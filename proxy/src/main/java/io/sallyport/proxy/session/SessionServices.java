package io.sallyport.proxy.session;

import io.sallyport.policies.analysis.AnalysisCache;
import io.sallyport.proxy.audit.AuditLog;
import io.sallyport.proxy.auth.Logins;
import io.sallyport.proxy.config.ProxyConfig;
import io.sallyport.proxy.console.Console;
import io.sallyport.proxy.gate.Gatekeeper;
import io.sallyport.proxy.hold.Holds;
import io.sallyport.proxy.kept.KeepingRoom;
import io.sallyport.proxy.metrics.ProxyMetrics;
import io.sallyport.proxy.safety.SafetyOffice;
import io.sallyport.proxy.token.TokenOffice;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What all sessions share.
 *
 * @param workers runs what may take long; rejects when its queue is full
 * @param control the same, for what asks the control database
 */
public record SessionServices(
        ProxyConfig config,
        AnalysisCache analyses,
        Gatekeeper gatekeeper,
        Holds holds,
        Console console,
        ProxyMetrics metrics,
        AuditLog audit,
        SessionDirectory directory,
        WaitingRoom waitingRoom,
        Executor workers,
        Executor control,
        Clock clock,
        Logins logins,
        TokenOffice tokens,
        SafetyOffice safety,
        KeepingRoom keeping) {}
