package io.sallyport.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    private static final String EVERYTHING = """
            listen: ":7432"
            upstream: "[::1]"
            admin: off
            policy: rules/p.yaml
            policy_reload: 7s
            environment: production
            banner: plain
            event_loop_threads: 3
            transport: epoll
            hold:
              expires: 1m
              remind_every: 5s
              keep_alive_every: 0
            limits:
              connections: 10
              connections_per_address: 5
              connections_per_role: 6
              message_bytes: 1MiB
              batch_bytes: 65536
              queued_bytes: 8KiB
              prepared_statements: 7
            roles: {refresh: 10s}
            impact: {estimate: rules, timeout: 300ms, rehearsal_timeout: 3s}
            timeouts: {startup: 1s, connect: 700ms, drain: 0, keepalive_idle: 30s, keepalive_interval: 5s,
              keepalive_count: 3, tcp_user: 15m}
            proxy_protocol: v2
            proxy_protocol_from: 10.0.0.0/8, ::1
            application_name_suffix: address
            audit:
              file: a.jsonl
              every_statement: true
            """;

    @Test
    void only_the_server_must_be_named() throws ConfigException {
        assertThat(ConfigReader.read(null, Map.of(), Map.of("upstream", "db1")))
                .isEqualTo(ProxyConfig.defaults(new HostAndPort("db1", 5432)));
    }

    @Test
    void every_setting_can_be_written_in_the_file() throws ConfigException {
        assertThat(ConfigReader.read(EVERYTHING, "f.yaml", Map.of(), Map.of()))
                .isEqualTo(new ProxyConfig(
                        new HostAndPort("0.0.0.0", 7432),
                        new HostAndPort("::1", 5432),
                        null,
                        Path.of("rules/p.yaml"),
                        "production",
                        new HoldSettings(Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ZERO),
                        new RoleSettings(Duration.ofSeconds(10)),
                        new Limits(10, 1 << 20, 65536, 8192, 7),
                        new Timeouts(Duration.ofSeconds(1), Duration.ofMillis(700), Duration.ZERO),
                        new AuditSettings(Path.of("a.jsonl"), true),
                        new LoopSettings(3, TransportKind.EPOLL),
                        Duration.ofSeconds(7),
                        new ConnectionSettings(
                                5,
                                6,
                                new KeepAlive(Duration.ofSeconds(30), Duration.ofSeconds(5), 3, Duration.ofMinutes(15)),
                                new ProxyProtocol(AddressRange.parseList("10.0.0.0/8,::1")),
                                true,
                                BannerStyle.PLAIN),
                        AuthSettings.DEFAULTS,
                        TlsSettings.DEFAULTS,
                        PageSettings.DEFAULTS,
                        ControlSettings.DEFAULTS,
                        List.of(),
                        OidcSettings.DEFAULTS,
                        TokenSettings.DEFAULTS,
                        AccessSettings.DEFAULTS,
                        new ImpactSettings(ImpactSettings.Ask.RULES, Duration.ofMillis(300), Duration.ofSeconds(3)),
                        SafetySettings.DEFAULTS));
    }

    @Test
    void every_setting_can_be_written_in_the_environment() throws ConfigException {
        Map<String, String> environment = Map.ofEntries(
                Map.entry("SALLYPORT_LISTEN", ":7432"),
                Map.entry("SALLYPORT_UPSTREAM", "[::1]"),
                Map.entry("SALLYPORT_ADMIN", "off"),
                Map.entry("SALLYPORT_POLICY", "rules/p.yaml"),
                Map.entry("SALLYPORT_POLICY_RELOAD", "7s"),
                Map.entry("SALLYPORT_ENVIRONMENT", "production"),
                Map.entry("SALLYPORT_BANNER", "plain"),
                Map.entry("SALLYPORT_EVENT_LOOP_THREADS", "3"),
                Map.entry("SALLYPORT_TRANSPORT", "epoll"),
                Map.entry("SALLYPORT_HOLD_EXPIRES", "1m"),
                Map.entry("SALLYPORT_HOLD_REMIND_EVERY", "5s"),
                Map.entry("SALLYPORT_HOLD_KEEP_ALIVE_EVERY", "0"),
                Map.entry("SALLYPORT_ROLES_REFRESH", "10s"),
                Map.entry("SALLYPORT_IMPACT_ESTIMATE", "rules"),
                Map.entry("SALLYPORT_IMPACT_TIMEOUT", "300ms"),
                Map.entry("SALLYPORT_IMPACT_REHEARSAL_TIMEOUT", "3s"),
                Map.entry("SALLYPORT_LIMITS_CONNECTIONS", "10"),
                Map.entry("SALLYPORT_LIMITS_MESSAGE_BYTES", "1MiB"),
                Map.entry("SALLYPORT_LIMITS_BATCH_BYTES", "65536"),
                Map.entry("SALLYPORT_LIMITS_QUEUED_BYTES", "8KiB"),
                Map.entry("SALLYPORT_LIMITS_PREPARED_STATEMENTS", "7"),
                Map.entry("SALLYPORT_TIMEOUTS_STARTUP", "1s"),
                Map.entry("SALLYPORT_TIMEOUTS_CONNECT", "700ms"),
                Map.entry("SALLYPORT_TIMEOUTS_DRAIN", "0"),
                Map.entry("SALLYPORT_LIMITS_CONNECTIONS_PER_ADDRESS", "5"),
                Map.entry("SALLYPORT_LIMITS_CONNECTIONS_PER_ROLE", "6"),
                Map.entry("SALLYPORT_TIMEOUTS_KEEPALIVE_IDLE", "30s"),
                Map.entry("SALLYPORT_TIMEOUTS_KEEPALIVE_INTERVAL", "5s"),
                Map.entry("SALLYPORT_TIMEOUTS_KEEPALIVE_COUNT", "3"),
                Map.entry("SALLYPORT_TIMEOUTS_TCP_USER", "15m"),
                Map.entry("SALLYPORT_PROXY_PROTOCOL", "v2"),
                Map.entry("SALLYPORT_PROXY_PROTOCOL_FROM", "10.0.0.0/8, ::1"),
                Map.entry("SALLYPORT_APPLICATION_NAME_SUFFIX", "address"),
                Map.entry("SALLYPORT_AUDIT_FILE", "a.jsonl"),
                Map.entry("SALLYPORT_AUDIT_EVERY_STATEMENT", "true"));
        assertThat(ConfigReader.read(null, environment, Map.of()))
                .isEqualTo(ConfigReader.read(EVERYTHING, "f.yaml", Map.of(), Map.of()));
    }

    @Test
    void the_environment_beats_the_file_and_the_command_line_beats_both() throws ConfigException {
        String yaml = "upstream: file:1\nlisten: file:1\nadmin: file:1\n";
        Map<String, String> environment = Map.of("SALLYPORT_LISTEN", "env:2", "SALLYPORT_ADMIN", "env:3");
        ProxyConfig config = ConfigReader.read(yaml, "f.yaml", environment, Map.of("admin", "line:4"));
        assertThat(config.upstream()).hasToString("file:1");
        assertThat(config.listen()).hasToString("env:2");
        assertThat(config.admin()).hasToString("line:4");
    }

    @Test
    void an_empty_variable_counts_as_not_set() throws ConfigException {
        ProxyConfig config = ConfigReader.read(
                "upstream: a:1", "f.yaml", Map.of("SALLYPORT_UPSTREAM", "", "SALLYPORT_POLICY", ""), Map.of());
        assertThat(config).isEqualTo(ProxyConfig.defaults(new HostAndPort("a", 1)));
    }

    @Test
    void kubernetes_service_links_are_not_taken_for_settings() throws ConfigException {
        Map<String, String> links = Map.of(
                "SALLYPORT_SERVICE_HOST", "10.0.0.1",
                "SALLYPORT_SERVICE_PORT_POSTGRES", "6432",
                "SALLYPORT_PORT", "tcp://10.0.0.1:6432",
                "SALLYPORT_PORT_6432_TCP_ADDR", "10.0.0.1",
                "SALLYPORT_ADMIN_SERVICE_HOST", "10.0.0.2",
                "SALLYPORT_ADMIN_PORT_6480_TCP", "tcp://10.0.0.2:6480");
        assertThat(ConfigReader.read("upstream: a:1", "f.yaml", links, Map.of()))
                .isEqualTo(ProxyConfig.defaults(new HostAndPort("a", 1)));
    }

    @Test
    void a_file_is_read_as_utf_8(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("c.yaml"), "upstream: a:1\nenvironment: Prüfung\n");
        assertThat(ConfigReader.read(file, Map.of(), Map.of()).environment()).isEqualTo("Prüfung");
        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff});
        assertThatThrownBy(() -> ConfigReader.read(file, Map.of(), Map.of())).hasMessage(file + ": not UTF-8 text");
    }

    @Test
    void a_missing_file_is_named(@TempDir Path folder) {
        Path file = folder.resolve("absent.yaml");
        assertThatThrownBy(() -> ConfigReader.read(file, Map.of(), Map.of())).hasMessage(file + ": no such file");
    }
}
