package io.sallyport.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcSettingsTest {
    private static OidcSettings read(String yaml) throws ConfigException {
        return ConfigReader.read(yaml, "f.yaml", Map.of(), Map.of("upstream", "db1"))
                .oidc();
    }

    @Test
    void no_issuer_is_trusted_unless_one_is_named() throws ConfigException {
        assertThat(read("")).isEqualTo(OidcSettings.DEFAULTS);
        assertThat(OidcSettings.DEFAULTS.enabled()).isFalse();
    }

    @Test
    void everything_can_be_written() throws ConfigException {
        OidcSettings settings = read("""
                page: {url: "https://sallyport.example/"}
                oidc:
                  issuer: https://login.example/realms/ops/
                  audience: sallyport
                  clients: a, b
                  subject_claim: oid
                  name_claim: https://example.com/name
                  groups_claim: roles
                  unmapped: allow
                  client_id: page
                  client_secret_file: secret
                  scopes: openid groups
                  name: Example SSO
                  ca: ca.pem
                """);
        assertThat(settings)
                .isEqualTo(new OidcSettings(
                        "https://login.example/realms/ops/",
                        "sallyport",
                        Set.of("a", "b"),
                        "oid",
                        "https://example.com/name",
                        "roles",
                        OidcSettings.Unmapped.ALLOW,
                        new OidcSettings.SignIn(
                                "page",
                                Path.of("secret"),
                                "openid groups",
                                "https://sallyport.example/sign-in/oidc/callback",
                                "Example SSO"),
                        Path.of("ca.pem")));
    }

    @Test
    void the_issuers_host_is_its_name_where_none_is_given() throws ConfigException {
        OidcSettings.SignIn page = read("""
                page: {url: "http://[::1]:6480"}
                oidc: {issuer: "http://127.0.0.1:8080/realms/ops", client_id: page}
                """).page();
        assertThat(page)
                .isEqualTo(new OidcSettings.SignIn(
                        "page", null, "openid profile", "http://[::1]:6480/sign-in/oidc/callback", "127.0.0.1:8080"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "oidc: {audience: x}             | f.yaml:1:18: oidc.audience: no issuer is trusted; expected oidc.issuer",
                "oidc: {issuer: 'https://i'}     | f.yaml:1:16: oidc.issuer: nobody could come with it; expected oidc.audience (API) or oidc.client_id (page)",
                "oidc: {issuer: 'http://i.example', audience: x} | f.yaml:1:16: oidc.issuer: keys may not come over a network without TLS; expected an issuer's https address",
                "oidc: {issuer: 'https://i/?a=b', audience: x} | f.yaml:1:16: oidc.issuer: \"https://i/?a=b\" is no issuer's address",
                "oidc: {issuer: 'https://u@i', audience: x} | f.yaml:1:16: oidc.issuer: \"https://u@i\" is no issuer's address",
                "oidc: {issuer: 'https://i', client_id: x} | f.yaml:1:40: oidc.client_id: the issuer has to know where to send people back; expected page.url",
                "oidc: {issuer: 'https://i', client_id: x}\\npage: {url: 'http://p.example'} | f.yaml:2:13: page.url: people sign in there by oidc; expected https",
                "oidc: {issuer: 'https://i', audience: x, client_secret_file: s} | f.yaml:1:62: oidc.client_secret_file: the page signs nobody in there; expected oidc.client_id",
                "oidc: {issuer: 'https://i', audience: x, unmapped: never} | f.yaml:1:52: oidc.unmapped: \"never\" is not one of these; expected refuse or allow",
                "oidc: {issuer: 'https://i', audience: x, name: SSO} | f.yaml:1:48: oidc.name: the page signs nobody in there; expected oidc.client_id",
                "oidc: {issuer: 'https://i', client_id: x, scopes: profile}\\npage: {url: 'https://p'} | f.yaml:1:51: oidc.scopes: \"profile\" does not ask who it is; expected scopes",
                "oidc: {issuer: 'https://i', client_id: x, clients: y}\\npage: {url: 'https://p'} | f.yaml:1:52: oidc.clients: no bearer token is taken; expected oidc.audience",
                "oidc: {issuer: 'https://i', audience: x}\\nadmin: off | f.yaml:1:16: oidc.issuer: there is nothing to sign in to; see admin and page.enabled",
                "oidc: {isuer: 'https://i'}      | f.yaml:1:8: unknown setting oidc.isuer; did you mean oidc.issuer?",
            })
    void what_makes_no_sense_is_explained(String yaml, String problem) {
        ConfigException found = catchThrowableOfType(ConfigException.class, () -> read(yaml.replace("\\n", "\n")));
        assertThat(found.problems()).hasSize(1).first().asString().startsWith(problem);
    }
}
