package io.sallyport.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of one running proxy.
 *
 * @param listen where clients connect
 * @param upstream the PostgreSQL server
 * @param admin where health, metrics and the page for approvers are served; null serves none
 * @param policy the policy file; null takes the built-in policy
 * @param environment what people are told that they are connected to, as in `production`; empty says nothing
 * @param policyReload how often the policy file is looked at for changes; zero never
 */
public record ProxyConfig(
        HostAndPort listen,
        HostAndPort upstream,
        @Nullable HostAndPort admin,
        @Nullable Path policy,
        String environment,
        HoldSettings hold,
        RoleSettings roles,
        Limits limits,
        Timeouts timeouts,
        AuditSettings audit,
        LoopSettings loops,
        Duration policyReload,
        ConnectionSettings connections,
        AuthSettings auth,
        TlsSettings tls,
        PageSettings page,
        ControlSettings control,
        List<WebhookSettings> webhooks,
        OidcSettings oidc,
        TokenSettings token,
        AccessSettings access,
        ImpactSettings impact,
        SafetySettings safety) {
    public static final HostAndPort DEFAULT_LISTEN = new HostAndPort("127.0.0.1", 6432);
    public static final HostAndPort DEFAULT_ADMIN = new HostAndPort("127.0.0.1", 6480);

    public static final Duration DEFAULT_POLICY_RELOAD = Duration.ofSeconds(2);

    /** Everything as it is when only the server is named. */
    public static ProxyConfig defaults(HostAndPort upstream) {
        return new ProxyConfig(
                DEFAULT_LISTEN,
                upstream,
                DEFAULT_ADMIN,
                null,
                "",
                HoldSettings.DEFAULTS,
                RoleSettings.DEFAULTS,
                Limits.DEFAULTS,
                Timeouts.DEFAULTS,
                AuditSettings.DEFAULTS,
                LoopSettings.DEFAULTS,
                DEFAULT_POLICY_RELOAD,
                ConnectionSettings.DEFAULTS,
                AuthSettings.DEFAULTS,
                TlsSettings.DEFAULTS,
                PageSettings.DEFAULTS,
                ControlSettings.DEFAULTS,
                List.of(),
                OidcSettings.DEFAULTS,
                TokenSettings.DEFAULTS,
                AccessSettings.DEFAULTS,
                ImpactSettings.DEFAULTS,
                SafetySettings.DEFAULTS);
    }
}
