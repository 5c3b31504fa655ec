package io.sallyport.proxy.it.web;

import io.sallyport.policies.Policy;
import io.sallyport.proxy.it.server.TestPolicies;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.oidc.fakes.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A proxy that trusts an issuer, in front of a server with a table to lose. */
final class OidcPlace implements AutoCloseable {
    private static final String POLICY = """
            version: 1
            approvers: {sre: {claims: oncall}}
            people:
              alice: {roles: alice, oidc: "ISSUER#alice-sub"}
              carol: {roles: by_scram, oidc: "ISSUER#carol-sub"}
              dave: {oidc: "ISSUER#dave-sub"}
            rules:
              - {name: rows, when: {kind: delete}, then: hold}
              - {name: tables, when: {kind: truncate}, then: {hold: {approvers: sre}}}
              - {name: pairs, when: {kind: update}, then: {hold: {quorum: 2}}}
            """;

    private final TestIssuer issuer = new TestIssuer(Clock.systemUTC());
    private final TestProxy proxy;
    private final String database;
    private final String page;

    /** People sign in to the page there, as the browser reaches it under that name of this machine. */
    static OidcPlace withPage(String host) {
        try {
            Path secret = Files.writeString(Files.createTempFile("client", ".secret"), TestIssuer.SECRET + "\n");
            int port = freePort();
            return new OidcPlace(Map.of(
                    "admin",
                    "127.0.0.1:" + port,
                    "page.url",
                    "http://" + host + ":" + port,
                    "oidc.client_id",
                    TestIssuer.CLIENT,
                    "oidc.client_secret_file",
                    secret.toString(),
                    "oidc.name",
                    "Example SSO"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The issuer has to know the page's address before the proxy listens there. */
    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    OidcPlace(Map<String, String> more) {
        this(more, issuer -> {});
    }

    /** @param first what becomes of the issuer before the proxy starts */
    OidcPlace(Map<String, String> more, Consumer<TestIssuer> first) {
        first.accept(issuer);
        TestServer server = TestServer.shared();
        database = server.freshDatabase();
        server.run(database, "CREATE TABLE t AS SELECT i FROM generate_series(1, 3) i; GRANT ALL ON t TO PUBLIC");
        Map<String, String> settings = new HashMap<>(more);
        settings.putIfAbsent("admin", "127.0.0.1:0");
        page = settings.getOrDefault("page.url", "");
        settings.put("oidc.issuer", issuer.url());
        settings.put("oidc.audience", TestIssuer.AUDIENCE);
        Policy policy = TestPolicies.of(POLICY.replace("ISSUER", issuer.url()), "oidc.yaml");
        proxy = TestProxy.start(server.port(), policy, settings);
    }

    TestIssuer issuer() {
        return issuer;
    }

    TestProxy proxy() {
        return proxy;
    }

    /** Its address, without a slash at the end. */
    String page() {
        return page;
    }

    HeldStatement held(String role, String sql) {
        return new HeldStatement(proxy, role, database, sql);
    }

    Browser bearing(String token) {
        return Browser.at(proxy.adminPort()).with("Authorization", "Bearer " + token);
    }

    @Override
    public void close() {
        proxy.close();
        issuer.close();
    }
}
