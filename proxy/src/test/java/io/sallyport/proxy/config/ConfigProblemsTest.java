package io.sallyport.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigProblemsTest {
    @Test
    void every_problem_is_reported_at_once_with_its_place() {
        String yaml = """
                listen: 6432
                hold:
                  expire: 5m
                  remind_every: 5 minutes
                limits:
                  connections: [1, 2]
                audit: yes
                """;
        assertThat(problems(yaml, Map.of("SALLYPORT_HOLD_EXPIRS", "5m"), Map.of("admin", "a:b")))
                .containsExactly(
                        "f.yaml:3:3: unknown setting hold.expire; did you mean hold.expires?",
                        "f.yaml:6:3: limits.connections is one value, found a list",
                        "f.yaml:7:1: audit is a group of settings, found a single value",
                        "environment variable SALLYPORT_HOLD_EXPIRS: no such setting; did you mean SALLYPORT_HOLD_EXPIRES?",
                        "f.yaml:1:9: listen: a port alone is written with its colon, as in :6432;"
                                + " expected host:port, or :port for every address",
                        "option --admin: admin: port \"b\" is not a number between 0 and 65535;"
                                + " expected host:port, :port for every address, or off",
                        "f.yaml:4:17: hold.remind_every: \"5 minutes\" is not a duration;"
                                + " expected a duration such as 10m, 30s or 700ms, from 100ms to 7d",
                        "upstream: no PostgreSQL server is named; give --upstream HOST:PORT, SALLYPORT_UPSTREAM,"
                                + " or `upstream: HOST:PORT` in the file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upsteam: a                      | f.yaml:1:1: unknown setting upsteam; did you mean upstream?",
                "eventLoopThreads: 2             | f.yaml:1:1: unknown setting eventLoopThreads; did you mean event_loop_threads?",
                "holds: {expires: 1m}            | f.yaml:1:1: unknown setting holds; did you mean hold?",
                "expires: 1m                     | f.yaml:1:1: unknown setting expires; did you mean hold.expires?",
                "zebra: 1                        | f.yaml:1:1: unknown setting zebra",
                "listen: a:1\\nlisten: a:2       | f.yaml:2:1: listen is set twice",
                "policy:                         | f.yaml:1:1: policy has no value; give one or remove the line",
                "listen: &x a:1\\nadmin: *x      | f.yaml:2:8: admin is an alias (*…); expected the value itself",
                "[a, b]                          | f.yaml:1:1: expected settings as `name: value` lines, found a list",
                "just text                       | f.yaml:1:1: expected settings as `name: value` lines, found a single value",
                "listen: a:1\\n---\\nadmin: b:1  | f.yaml:3:1: a second document begins here; expected one",
                "limits: {connections: 0}        | f.yaml:1:23: limits.connections: 0 is out of range; expected a whole number from 1 to 1000000",
                "limits: {message_bytes: 2GiB}   | f.yaml:1:25: limits.message_bytes: 2GiB is out of range; expected a size in bytes",
                "limits: {connections: 1e3}      | f.yaml:1:23: limits.connections: \"1e3\" is not a whole number",
                "hold: {expires: 8d}             | f.yaml:1:17: hold.expires: 8d is out of range",
                "audit: {every_statement: yes}   | f.yaml:1:26: audit.every_statement: \"yes\" is neither true nor false; expected true or false",
                "tls: {mode: require}            | f.yaml:1:13: tls.mode: TLS needs tls.certificate and tls.key",
                "tls: {key: k}                   | f.yaml:1:12: tls.key: its certificate is missing; name it with tls.certificate",
                "tls: {client_roles: cn}         | f.yaml:1:21: tls.client_roles: no client is asked for a certificate",
                "upstream_tls: {ca: c}           | f.yaml:1:20: upstream_tls.ca: nothing would be verified with it",
                "upstream_tls: {mode: verify}    | f.yaml:1:22: upstream_tls.mode: \"verify\" is not one of these; expected disable, prefer,",
                "auth: {mode: certificate}       | f.yaml:1:14: auth.mode: certificate needs tls.client_certificates: optional or require",
                "auth: {mode: terminate}         | f.yaml:1:14: auth.mode: terminate needs to know passwords or verifiers",
                "proxy_protocol: v2              | f.yaml:1:17: proxy_protocol: it is v2, and proxy_protocol_from names nobody; expected the addresses",
                "proxy_protocol: v1              | f.yaml:1:17: proxy_protocol: \"v1\" is neither off nor v2; expected off or v2",
                "proxy_protocol_from: 10.0.0.0/8 | f.yaml:1:22: proxy_protocol_from: it is given, and proxy_protocol is off; expected proxy_protocol: v2",
                "proxy_protocol_from: 10.0.0.1/8 | f.yaml:1:22: proxy_protocol_from: \"10.0.0.1/8\" has bits set behind its prefix",
                "proxy_protocol_from: db1        | f.yaml:1:22: proxy_protocol_from: \"db1\" is no IP address or range of them",
                "proxy_protocol_from: ::1/129    | f.yaml:1:22: proxy_protocol_from: \"::1/129\" needs a prefix from /0 to /128",
                "listen: a:1\\nadmin: a:1        | f.yaml:2:8: admin and listen are both a:1; expected two different ports",
                "listen: db:5432                 | option --upstream: upstream and listen are both db:5432; the proxy would connect to itself",
                "environment: \"a\\tb\"          | f.yaml:1:14: environment: too long, or with control characters",
            })
    void a_wrong_file_is_explained(String yaml, String problem) {
        assertThat(problems(yaml.replace("\\n", "\n").replace("\\t", "\\t"), Map.of(), Map.of("upstream", "db")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listen: {a        | f.yaml:1:11: not readable as YAML",
                "listen:\\n\\t- b   | f.yaml:2:1: not readable as YAML: found character '\\t(TAB)' that cannot start any token",
                "listen: \"a\\nb    | f.yaml:2:2: not readable as YAML: found unexpected end of stream",
                "a: b: c           | f.yaml:1:5: not readable as YAML: mapping values are not allowed here",
            })
    void broken_yaml_names_its_line(String yaml, String problem) {
        String text = yaml.replace("\\n", "\n").replace("\\t", "\t");
        assertThat(problems(text, Map.of(), Map.of("upstream", "db"))).anyMatch(line -> line.startsWith(problem));
    }

    @ParameterizedTest
    @CsvSource({":5432, the host is missing", "db:0, port 0 cannot be connected to"})
    void a_server_must_be_one_that_can_be_connected_to(String upstream, String problem) {
        assertThat(problems("", Map.of(), Map.of("upstream", upstream)))
                .containsExactly("option --upstream: upstream: " + problem + "; expected host:port");
    }

    private static List<String> problems(String yaml, Map<String, String> environment, Map<String, String> options) {
        ConfigException e = catchThrowableOfType(
                ConfigException.class, () -> ConfigReader.read(yaml, "f.yaml", environment, options));
        assertThat(e).as("no problem was found").isNotNull();
        return e.problems().stream().map(ConfigProblem::toString).toList();
    }
}
