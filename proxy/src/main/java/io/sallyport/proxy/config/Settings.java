package io.sallyport.proxy.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting there is; file, environment, command line and documentation all follow this list. */
final class Settings {
    /** A PostgreSQL message cannot exceed 1 GB (MaxAllocSize in utils/memutils.h). */
    private static final String LARGEST_MESSAGE = "1023MiB";

    static final Setting<HostAndPort> LISTEN =
            setting("listen", ValueTypes.listener(6432), ProxyConfig.DEFAULT_LISTEN.toString());
    static final Setting<HostAndPort> UPSTREAM = setting("upstream", ValueTypes.server(5432), "");
    static final Setting<Optional<HostAndPort>> ADMIN =
            setting("admin", ValueTypes.optionalListener(6480), ProxyConfig.DEFAULT_ADMIN.toString());
    static final Setting<Optional<Path>> POLICY = setting("policy", ValueTypes.file(), "");
    static final Setting<Duration> POLICY_RELOAD =
            setting("policy_reload", ValueTypes.duration("0", "1h"), text(ProxyConfig.DEFAULT_POLICY_RELOAD));
    static final Setting<String> ENVIRONMENT = setting("environment", ValueTypes.label(64), "");
    static final Setting<BannerStyle> BANNER = setting("banner", WordType.of(BannerStyle.class), "on");
    static final Setting<Integer> EVENT_LOOP_THREADS = setting("event_loop_threads", ValueTypes.count(0, 1024), "0");
    static final Setting<TransportKind> TRANSPORT = setting("transport", WordType.of(TransportKind.class), "auto");

    static final Setting<Duration> HOLD_EXPIRES =
            setting("hold.expires", ValueTypes.duration("1s", "7d"), text(HoldSettings.DEFAULTS.expires()));
    static final Setting<Duration> HOLD_REMIND_EVERY =
            setting("hold.remind_every", ValueTypes.duration("100ms", "7d"), text(HoldSettings.DEFAULTS.remindEvery()));
    static final Setting<Duration> HOLD_KEEP_ALIVE_EVERY = setting(
            "hold.keep_alive_every", ValueTypes.duration("0", "1h"), text(HoldSettings.DEFAULTS.keepAliveEvery()));

    static final Setting<Duration> TOKEN_EXPIRES =
            setting("token.expires", ValueTypes.duration("1m", "7d"), text(TokenSettings.DEFAULTS.expires()));
    static final Setting<Duration> TOKEN_LONGEST =
            setting("token.longest", ValueTypes.duration("1m", "31d"), text(TokenSettings.DEFAULTS.longest()));
    static final Setting<Duration> TOKEN_REQUEST_EXPIRES = setting(
            "token.request_expires", ValueTypes.duration("1m", "31d"), text(TokenSettings.DEFAULTS.requestExpires()));

    static final Setting<Boolean> ACCESS_ENABLED =
            setting("access_tokens.enabled", ValueTypes.flag(), String.valueOf(AccessSettings.DEFAULTS.enabled()));
    static final Setting<Duration> ACCESS_LONGEST = setting(
            "access_tokens.longest", ValueTypes.duration("1m", "366d"), text(AccessSettings.DEFAULTS.longest()));

    static final Setting<ImpactSettings.Ask> IMPACT_ESTIMATE =
            setting("impact.estimate", WordType.of(ImpactSettings.Ask.class), "holds");
    static final Setting<Duration> IMPACT_TIMEOUT =
            setting("impact.timeout", ValueTypes.duration("100ms", "1m"), text(ImpactSettings.DEFAULTS.timeout()));
    static final Setting<Duration> IMPACT_REHEARSAL_TIMEOUT = setting(
            "impact.rehearsal_timeout",
            ValueTypes.duration("100ms", "10m"),
            text(ImpactSettings.DEFAULTS.rehearsalTimeout()));

    static final Setting<Duration> ROLES_REFRESH =
            setting("roles.refresh", ValueTypes.duration("0", "1d"), text(RoleSettings.DEFAULTS.refresh()));

    static final Setting<Integer> LIMIT_CONNECTIONS = setting(
            "limits.connections", ValueTypes.count(1, 1_000_000), String.valueOf(Limits.DEFAULTS.connections()));
    static final Setting<Integer> LIMIT_MESSAGE_BYTES = setting(
            "limits.message_bytes",
            ValueTypes.size("64KiB", LARGEST_MESSAGE),
            SizeText.format(Limits.DEFAULTS.messageBytes()));
    static final Setting<Integer> LIMIT_BATCH_BYTES = setting(
            "limits.batch_bytes",
            ValueTypes.size("64KiB", LARGEST_MESSAGE),
            SizeText.format(Limits.DEFAULTS.batchBytes()));
    static final Setting<Integer> LIMIT_QUEUED_BYTES = setting(
            "limits.queued_bytes",
            ValueTypes.size("4KiB", LARGEST_MESSAGE),
            SizeText.format(Limits.DEFAULTS.queuedBytes()));
    static final Setting<Integer> LIMIT_PREPARED_STATEMENTS = setting(
            "limits.prepared_statements",
            ValueTypes.count(1, 1_000_000),
            String.valueOf(Limits.DEFAULTS.preparedStatements()));

    static final Setting<Integer> LIMIT_PER_ADDRESS =
            setting("limits.connections_per_address", ValueTypes.count(0, 1_000_000), "0");
    static final Setting<Integer> LIMIT_PER_ROLE =
            setting("limits.connections_per_role", ValueTypes.count(0, 1_000_000), "0");

    static final Setting<Duration> KEEPALIVE_IDLE =
            setting("timeouts.keepalive_idle", ValueTypes.duration("0", "9h"), text(KeepAlive.DEFAULTS.idle()));
    static final Setting<Duration> KEEPALIVE_INTERVAL = setting(
            "timeouts.keepalive_interval", ValueTypes.duration("1s", "9h"), text(KeepAlive.DEFAULTS.interval()));
    static final Setting<Integer> KEEPALIVE_COUNT =
            setting("timeouts.keepalive_count", ValueTypes.count(1, 100), String.valueOf(KeepAlive.DEFAULTS.count()));
    static final Setting<Duration> TCP_USER =
            setting("timeouts.tcp_user", ValueTypes.duration("0", "1d"), text(KeepAlive.DEFAULTS.unacknowledged()));
    static final Setting<Boolean> PROXY_PROTOCOL = setting("proxy_protocol", ValueTypes.word("off", "v2"), "off");
    static final Setting<List<AddressRange>> PROXY_PROTOCOL_FROM =
            setting("proxy_protocol_from", ValueTypes.addresses(), "");
    static final Setting<Boolean> APPLICATION_NAME_SUFFIX =
            setting("application_name_suffix", ValueTypes.word("off", "address"), "off");

    static final Setting<Duration> TIMEOUT_STARTUP =
            setting("timeouts.startup", ValueTypes.duration("100ms", "1h"), text(Timeouts.DEFAULTS.startup()));
    static final Setting<Duration> TIMEOUT_CONNECT =
            setting("timeouts.connect", ValueTypes.duration("100ms", "1h"), text(Timeouts.DEFAULTS.connect()));
    static final Setting<Duration> TIMEOUT_DRAIN =
            setting("timeouts.drain", ValueTypes.duration("0", "1d"), text(Timeouts.DEFAULTS.drain()));

    static final Setting<Optional<Path>> AUDIT_FILE = setting("audit.file", ValueTypes.file(), "");
    static final Setting<Boolean> AUDIT_EVERY_STATEMENT = setting(
            "audit.every_statement", ValueTypes.flag(), String.valueOf(AuditSettings.DEFAULTS.everyStatement()));
    static final Setting<Optional<Path>> AUDIT_KEY = setting("audit.key", ValueTypes.file(), "");
    static final Setting<Integer> AUDIT_CHECKPOINT_LINES =
            setting("audit.checkpoint_lines", ValueTypes.count(1, 1_000_000), "1000");
    static final Setting<Duration> AUDIT_CHECKPOINT_EVERY =
            setting("audit.checkpoint_every", ValueTypes.duration("1s", "1d"), "1m");
    static final Setting<FsyncPolicy> AUDIT_FSYNC = setting("audit.fsync", WordType.of(FsyncPolicy.class), "interval");
    static final Setting<Duration> AUDIT_FSYNC_INTERVAL =
            setting("audit.fsync_interval", ValueTypes.duration("100ms", "1h"), "1s");
    static final Setting<Integer> AUDIT_ROTATE_BYTES =
            setting("audit.rotate_bytes", ValueTypes.size("0", "2047MiB"), "0");
    static final Setting<Duration> AUDIT_ROTATE_EVERY =
            setting("audit.rotate_every", ValueTypes.duration("0", "366d"), "0");
    static final Setting<Integer> AUDIT_KEEP = setting("audit.keep", ValueTypes.count(0, 10_000), "0");

    static final Setting<String> CONTROL_URL =
            setting("control.url", ValueTypes.controlDatabase(), ControlSettings.DEFAULT_URL);
    static final Setting<String> CONTROL_USER =
            setting("control.user", ValueTypes.label(63), ControlSettings.DEFAULT_USER);
    static final Setting<Optional<Path>> CONTROL_PASSWORD_FILE =
            setting("control.password_file", ValueTypes.file(), "");
    static final Setting<Duration> CONTROL_KEEP =
            setting("control.keep", ValueTypes.duration("1h", "3660d"), text(ControlSettings.DEFAULT_KEEP));

    static final Setting<AuthSettings.Mode> AUTH_MODE =
            setting("auth.mode", WordType.of(AuthSettings.Mode.class), "relay");
    static final Setting<Optional<Path>> AUTH_USERLIST = setting("auth.userlist", ValueTypes.file(), "");
    static final Setting<String> AUTH_QUERY =
            setting("auth.query", ValueTypes.label(2_000), AuthSettings.DEFAULTS.query());
    static final Setting<String> AUTH_QUERY_USER = setting("auth.query_user", ValueTypes.label(63), "");
    static final Setting<Optional<Path>> AUTH_QUERY_PASSWORD_FILE =
            setting("auth.query_password_file", ValueTypes.file(), "");
    static final Setting<String> AUTH_QUERY_DATABASE =
            setting("auth.query_database", ValueTypes.label(63), AuthSettings.DEFAULTS.queryDatabase());
    static final Setting<Optional<Path>> AUTH_SALT_FILE = setting("auth.salt_file", ValueTypes.file(), "");
    static final Setting<Integer> AUTH_SCRAM_ITERATIONS = setting(
            "auth.scram_iterations",
            ValueTypes.count(1, 1_000_000),
            String.valueOf(AuthSettings.DEFAULTS.scramIterations()));
    static final Setting<Boolean> AUTH_ALLOW_CLEARTEXT =
            setting("auth.allow_cleartext", ValueTypes.flag(), String.valueOf(AuthSettings.DEFAULTS.allowCleartext()));
    static final Setting<Duration> AUTH_FAILURE_DELAY =
            setting("auth.failure_delay", ValueTypes.duration("0", "10s"), text(AuthSettings.DEFAULTS.failureDelay()));
    static final Setting<Optional<TlsMode>> TLS_MODE = setting("tls.mode", WordType.optional(TlsMode.class), "");
    static final Setting<Optional<Path>> TLS_CERTIFICATE = setting("tls.certificate", ValueTypes.file(), "");
    static final Setting<Optional<Path>> TLS_KEY = setting("tls.key", ValueTypes.file(), "");
    static final Setting<TlsVersion> TLS_MIN_VERSION = setting("tls.min_version", WordType.tlsVersion(), "1.2");
    static final Setting<Optional<Path>> TLS_CLIENT_CA = setting("tls.client_ca", ValueTypes.file(), "");
    static final Setting<ClientCertificates> TLS_CLIENT_CERTIFICATES =
            setting("tls.client_certificates", WordType.of(ClientCertificates.class), "none");
    static final Setting<String> TLS_CLIENT_ROLES =
            setting("tls.client_roles", WordType.roles(), ClientTlsSettings.ANY_ROLE);
    static final Setting<UpstreamTlsMode> UPSTREAM_TLS_MODE =
            setting("upstream_tls.mode", WordType.of(UpstreamTlsMode.class), "disable");
    static final Setting<Optional<Path>> UPSTREAM_TLS_CA = setting("upstream_tls.ca", ValueTypes.file(), "");
    static final Setting<Optional<Path>> UPSTREAM_TLS_CERTIFICATE =
            setting("upstream_tls.certificate", ValueTypes.file(), "");
    static final Setting<Optional<Path>> UPSTREAM_TLS_KEY = setting("upstream_tls.key", ValueTypes.file(), "");
    static final Setting<TlsNegotiation> UPSTREAM_TLS_NEGOTIATION =
            setting("upstream_tls.negotiation", WordType.of(TlsNegotiation.class), "postgres");

    static final Setting<Optional<Path>> ADMIN_TLS_CERTIFICATE =
            setting("admin_tls.certificate", ValueTypes.file(), "");
    static final Setting<Optional<Path>> ADMIN_TLS_KEY = setting("admin_tls.key", ValueTypes.file(), "");

    static final Setting<Boolean> PAGE_ENABLED =
            setting("page.enabled", ValueTypes.flag(), String.valueOf(PageSettings.DEFAULTS.enabled()));
    static final Setting<String> PAGE_URL = setting("page.url", ValueTypes.webAddress(), "");
    static final Setting<String> PAGE_DATABASE =
            setting("page.database", ValueTypes.label(63), PageSettings.DEFAULTS.database());
    static final Setting<Duration> PAGE_IDLE =
            setting("page.idle", ValueTypes.duration("1m", "1d"), text(PageSettings.DEFAULTS.idle()));
    static final Setting<Duration> PAGE_LONGEST =
            setting("page.longest", ValueTypes.duration("1m", "7d"), text(PageSettings.DEFAULTS.longest()));

    private static final List<Setting<?>> OWN = List.of(
            LISTEN,
            UPSTREAM,
            ADMIN,
            POLICY,
            POLICY_RELOAD,
            ENVIRONMENT,
            BANNER,
            EVENT_LOOP_THREADS,
            TRANSPORT,
            PROXY_PROTOCOL,
            PROXY_PROTOCOL_FROM,
            APPLICATION_NAME_SUFFIX,
            HOLD_EXPIRES,
            HOLD_REMIND_EVERY,
            HOLD_KEEP_ALIVE_EVERY,
            TOKEN_EXPIRES,
            TOKEN_LONGEST,
            TOKEN_REQUEST_EXPIRES,
            ACCESS_ENABLED,
            ACCESS_LONGEST,
            IMPACT_ESTIMATE,
            IMPACT_TIMEOUT,
            IMPACT_REHEARSAL_TIMEOUT,
            ROLES_REFRESH,
            LIMIT_CONNECTIONS,
            LIMIT_PER_ADDRESS,
            LIMIT_PER_ROLE,
            LIMIT_MESSAGE_BYTES,
            LIMIT_BATCH_BYTES,
            LIMIT_QUEUED_BYTES,
            LIMIT_PREPARED_STATEMENTS,
            TIMEOUT_STARTUP,
            TIMEOUT_CONNECT,
            TIMEOUT_DRAIN,
            KEEPALIVE_IDLE,
            KEEPALIVE_INTERVAL,
            KEEPALIVE_COUNT,
            TCP_USER,
            AUDIT_FILE,
            AUDIT_EVERY_STATEMENT,
            AUDIT_KEY,
            AUDIT_CHECKPOINT_LINES,
            AUDIT_CHECKPOINT_EVERY,
            AUDIT_FSYNC,
            AUDIT_FSYNC_INTERVAL,
            AUDIT_ROTATE_BYTES,
            AUDIT_ROTATE_EVERY,
            AUDIT_KEEP,
            AUTH_MODE,
            AUTH_USERLIST,
            AUTH_QUERY,
            AUTH_QUERY_USER,
            AUTH_QUERY_PASSWORD_FILE,
            AUTH_QUERY_DATABASE,
            AUTH_SALT_FILE,
            AUTH_SCRAM_ITERATIONS,
            AUTH_ALLOW_CLEARTEXT,
            AUTH_FAILURE_DELAY,
            TLS_MODE,
            TLS_CERTIFICATE,
            TLS_KEY,
            TLS_MIN_VERSION,
            TLS_CLIENT_CA,
            TLS_CLIENT_CERTIFICATES,
            TLS_CLIENT_ROLES,
            UPSTREAM_TLS_MODE,
            UPSTREAM_TLS_CA,
            UPSTREAM_TLS_CERTIFICATE,
            UPSTREAM_TLS_KEY,
            UPSTREAM_TLS_NEGOTIATION,
            ADMIN_TLS_CERTIFICATE,
            ADMIN_TLS_KEY,
            PAGE_ENABLED,
            PAGE_URL,
            PAGE_DATABASE,
            PAGE_IDLE,
            PAGE_LONGEST,
            CONTROL_URL,
            CONTROL_USER,
            CONTROL_PASSWORD_FILE,
            CONTROL_KEEP);

    static final List<Setting<?>> ALL =
            Stream.of(OWN, OidcKeys.ALL, SafetyKeys.ALL).flatMap(List::stream).toList();

    private Settings() {}

    private static <T> Setting<T> setting(String key, ValueType<T> type, String defaultText) {
        return new Setting<>(key, type, defaultText);
    }

    private static String text(Duration duration) {
        return DurationText.format(duration);
    }

    /** "; did you mean …?" with the nearest setting or group, or the setting whose group was forgotten; else nothing. */
    static String suggestion(String key) {
        Optional<String> ofWebhook = WebhookKeys.suggestion(key);
        if (ofWebhook.isPresent()) {
            return ofWebhook.get();
        }
        List<String> words = Stream.concat(ALL.stream().map(Setting::key), Stream.of(WebhookKeys.GROUP))
                .flatMap(known -> Stream.of(known, known.substring(0, Math.max(0, known.indexOf('.')))))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        String lastWord = key.substring(key.lastIndexOf('.') + 1);
        return Spelling.nearest(key, words)
                .or(() -> words.stream()
                        .filter(word -> word.endsWith("." + lastWord))
                        .findFirst())
                .or(() -> Spelling.nearest(lastWord, words))
                .map(word -> "; did you mean " + word + "?")
                .orElse("");
    }
}
