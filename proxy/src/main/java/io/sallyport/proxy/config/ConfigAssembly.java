package io.sallyport.proxy.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns written values into the tree, noting what cannot be understood and going on with the default. */
final class ConfigAssembly {
    private final Map<String, Written> written;
    private final List<ConfigProblem> problems;

    ConfigAssembly(Map<String, Written> written, List<ConfigProblem> problems) {
        this.written = written;
        this.problems = problems;
    }

    /** Null when no server was named at all; otherwise only to be used when there are no problems. */
    @Nullable
    ProxyConfig assemble() {
        HostAndPort listen = value(Settings.LISTEN);
        HostAndPort admin = value(Settings.ADMIN).orElse(null);
        HoldSettings hold = new HoldSettings(
                value(Settings.HOLD_EXPIRES), value(Settings.HOLD_REMIND_EVERY), value(Settings.HOLD_KEEP_ALIVE_EVERY));
        RoleSettings roles = new RoleSettings(value(Settings.ROLES_REFRESH));
        Limits limits = new Limits(
                value(Settings.LIMIT_CONNECTIONS),
                value(Settings.LIMIT_MESSAGE_BYTES),
                value(Settings.LIMIT_BATCH_BYTES),
                value(Settings.LIMIT_QUEUED_BYTES),
                value(Settings.LIMIT_PREPARED_STATEMENTS));
        Timeouts timeouts = new Timeouts(
                value(Settings.TIMEOUT_STARTUP), value(Settings.TIMEOUT_CONNECT), value(Settings.TIMEOUT_DRAIN));
        AuditSettings audit = audit();
        ConnectionSettings connections = connections();
        var policy = value(Settings.POLICY).orElse(null);
        String environment = value(Settings.ENVIRONMENT);
        LoopSettings loops = new LoopSettings(value(Settings.EVENT_LOOP_THREADS), value(Settings.TRANSPORT));
        TlsSettings tls = new TlsAssembly(this::value, this::problem).assemble();
        AuthSettings auth = auth(tls);
        HostAndPort upstream = upstream();
        checkDifferent(Settings.ADMIN, admin, listen, "expected two different ports");
        checkDifferent(Settings.UPSTREAM, upstream, listen, "the proxy would connect to itself");
        return upstream == null
                ? null
                : new ProxyConfig(
                        listen,
                        upstream,
                        admin,
                        policy,
                        environment,
                        hold,
                        roles,
                        limits,
                        timeouts,
                        audit,
                        loops,
                        value(Settings.POLICY_RELOAD),
                        connections,
                        auth,
                        tls,
                        page(),
                        control(),
                        webhooks(),
                        oidc(admin),
                        token(),
                        new AccessSettings(value(Settings.ACCESS_ENABLED), value(Settings.ACCESS_LONGEST)),
                        new ImpactSettings(
                                value(Settings.IMPACT_ESTIMATE),
                                value(Settings.IMPACT_TIMEOUT),
                                value(Settings.IMPACT_REHEARSAL_TIMEOUT)),
                        safety());
    }

    private SafetySettings safety() {
        return new SafetyAssembly(this::value, setting -> written.containsKey(setting.key()), this::problem).assemble();
    }

    private ControlSettings control() {
        return new ControlSettings(
                value(Settings.CONTROL_URL),
                value(Settings.CONTROL_USER),
                value(Settings.CONTROL_PASSWORD_FILE).orElse(null),
                value(Settings.CONTROL_KEEP));
    }

    private List<WebhookSettings> webhooks() {
        return new WebhookAssembly(this::value, this::problem).assemble(WebhookKeys.names(written.keySet()));
    }

    private OidcSettings oidc(@Nullable HostAndPort admin) {
        return new OidcAssembly(this::value, setting -> written.containsKey(setting.key()), this::problem)
                .assemble(admin != null && value(Settings.PAGE_ENABLED));
    }

    private TokenSettings token() {
        TokenSettings token = new TokenSettings(
                value(Settings.TOKEN_EXPIRES), value(Settings.TOKEN_LONGEST), value(Settings.TOKEN_REQUEST_EXPIRES));
        if (token.expires().compareTo(token.longest()) > 0) {
            problem(Settings.TOKEN_EXPIRES, "it is longer than token.longest");
        }
        return token;
    }

    private PageSettings page() {
        return new PageSettings(
                value(Settings.PAGE_ENABLED),
                value(Settings.PAGE_URL),
                value(Settings.PAGE_DATABASE),
                value(Settings.PAGE_IDLE),
                value(Settings.PAGE_LONGEST));
    }

    private AuthSettings auth(TlsSettings tls) {
        AuthSettings auth = new AuthSettings(
                value(Settings.AUTH_MODE),
                value(Settings.AUTH_USERLIST).orElse(null),
                value(Settings.AUTH_QUERY),
                value(Settings.AUTH_QUERY_USER),
                value(Settings.AUTH_QUERY_PASSWORD_FILE).orElse(null),
                value(Settings.AUTH_QUERY_DATABASE),
                value(Settings.AUTH_SALT_FILE).orElse(null),
                value(Settings.AUTH_SCRAM_ITERATIONS),
                value(Settings.AUTH_ALLOW_CLEARTEXT),
                value(Settings.AUTH_FAILURE_DELAY));
        if (auth.mode() == AuthSettings.Mode.TERMINATE
                && auth.userlist() == null
                && auth.queryUser().isEmpty()) {
            problem(
                    Settings.AUTH_MODE,
                    "terminate needs to know passwords or verifiers; set auth.userlist or auth.query_user");
        } else if (auth.mode() == AuthSettings.Mode.CERTIFICATE
                && tls.client().clientCertificates() == ClientCertificates.NONE) {
            problem(Settings.AUTH_MODE, "certificate needs tls.client_certificates: optional or require");
        }
        return auth;
    }

    private AuditSettings audit() {
        return new AuditSettings(
                value(Settings.AUDIT_FILE).orElse(null),
                value(Settings.AUDIT_EVERY_STATEMENT),
                value(Settings.AUDIT_KEY).orElse(null),
                new AuditSettings.Checkpoints(
                        value(Settings.AUDIT_CHECKPOINT_LINES), value(Settings.AUDIT_CHECKPOINT_EVERY)),
                value(Settings.AUDIT_FSYNC),
                value(Settings.AUDIT_FSYNC_INTERVAL),
                new AuditSettings.Rotation(
                        value(Settings.AUDIT_ROTATE_BYTES),
                        value(Settings.AUDIT_ROTATE_EVERY),
                        value(Settings.AUDIT_KEEP)));
    }

    private ConnectionSettings connections() {
        KeepAlive keepAlive = new KeepAlive(
                value(Settings.KEEPALIVE_IDLE),
                value(Settings.KEEPALIVE_INTERVAL),
                value(Settings.KEEPALIVE_COUNT),
                value(Settings.TCP_USER));
        boolean announced = value(Settings.PROXY_PROTOCOL);
        List<AddressRange> from = value(Settings.PROXY_PROTOCOL_FROM);
        if (announced && from.isEmpty()) {
            problem(
                    Settings.PROXY_PROTOCOL,
                    "it is v2, and proxy_protocol_from names nobody; expected the addresses of the load balancers");
        } else if (!announced && !from.isEmpty()) {
            problem(
                    Settings.PROXY_PROTOCOL_FROM,
                    "it is given, and proxy_protocol is off; expected proxy_protocol: v2");
        }
        return new ConnectionSettings(
                value(Settings.LIMIT_PER_ADDRESS),
                value(Settings.LIMIT_PER_ROLE),
                keepAlive,
                new ProxyProtocol(from),
                value(Settings.APPLICATION_NAME_SUFFIX),
                value(Settings.BANNER));
    }

    private void problem(Setting<?> setting, String what) {
        Written given = written.get(setting.key());
        problems.add(new ConfigProblem(given == null ? setting.key() : given.where(), setting.key() + ": " + what));
    }

    private @Nullable HostAndPort upstream() {
        Written given = written.get(Settings.UPSTREAM.key());
        if (given == null) {
            problems.add(new ConfigProblem(
                    Settings.UPSTREAM.key(),
                    "no PostgreSQL server is named; give --upstream HOST:PORT, "
                            + Settings.UPSTREAM.environmentVariable() + ", or `upstream: HOST:PORT` in the file"));
            return null;
        }
        return parsed(Settings.UPSTREAM, given);
    }

    private <T> T value(Setting<T> setting) {
        Written given = written.get(setting.key());
        T value = given == null ? null : parsed(setting, given);
        return value == null ? setting.type().parse(setting.defaultText()) : value;
    }

    private <T> @Nullable T parsed(Setting<T> setting, Written given) {
        try {
            return setting.type().parse(given.text());
        } catch (IllegalArgumentException e) {
            problems.add(new ConfigProblem(
                    given.where(),
                    setting.key() + ": " + e.getMessage() + "; expected "
                            + setting.type().expected()));
            return null;
        }
    }

    private void checkDifferent(Setting<?> setting, @Nullable HostAndPort address, HostAndPort listen, String why) {
        if (address == null || address.port() == 0 || !address.equals(listen)) {
            return;
        }
        Written given = written.getOrDefault(setting.key(), written.get(Settings.LISTEN.key()));
        problems.add(new ConfigProblem(
                given == null ? setting.key() : given.where(),
                setting.key() + " and listen are both " + address + "; " + why));
    }
}
