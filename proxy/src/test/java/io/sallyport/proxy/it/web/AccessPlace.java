package io.sallyport.proxy.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Rows;
import io.sallyport.proxy.it.server.TestPolicies;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.ServerMessage;
import io.sallyport.proxy.it.wire.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A proxy whose approvers have personal access tokens; when it ends, no secret of theirs is in the audit or the metrics. */
final class AccessPlace implements AutoCloseable {
    private static final String POLICY = """
            version: 1
            default: allow
            approvers: {dba: {role: access_dbas}}
            people: {alice: [alice, access_alice]}
            shared_roles: [access_ops]
            rules:
              - {name: rows, when: {kind: delete}, then: hold}
              - {name: changes, when: {kind: update}, then: {hold: {approvers: dba}}}
              - {name: alone, when: {kind: truncate}, then: {hold: {break_glass: {users: [access_bob]}}}}
            """;

    private static final String ROLES = """
            DO $$ DECLARE name text; BEGIN
              SET LOCAL password_encryption = 'scram-sha-256';
              FOREACH name IN ARRAY ARRAY['access_alice', 'access_bob', 'access_carol', 'access_ops', 'access_asker'] LOOP
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
                  EXECUTE format('CREATE ROLE %%I LOGIN PASSWORD %%L', name, '%1$s');
                END IF;
              END LOOP;
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'access_dbas') THEN CREATE ROLE access_dbas; END IF;
            END $$;
            GRANT SELECT ON pg_authid TO access_asker; GRANT access_dbas TO access_bob
            """.formatted(TestServer.PASSWORD);

    private final TestServer server;
    private final String database;
    private final TestProxy proxy;
    private final List<String> secrets = new ArrayList<>();

    AccessPlace(TestServer server, Map<String, String> settings) {
        this.server = server;
        server.run("postgres", ROLES);
        database = server.freshDatabase();
        server.run(database, "CREATE TABLE t AS SELECT 1 AS i; GRANT ALL ON t TO PUBLIC");
        Map<String, String> all = new HashMap<>(settings);
        all.put("admin", "127.0.0.1:0");
        proxy = TestProxy.start(server.port(), TestPolicies.of(POLICY, "access.yaml"), all);
    }

    TestProxy proxy() {
        return proxy;
    }

    String database() {
        return database;
    }

    HeldStatement held(String role, String sql) {
        return new HeldStatement(proxy, role, database, sql);
    }

    WireClient login(String role) {
        WireClient client = WireClient.connect(proxy.port());
        client.login(role, database, TestServer.PASSWORD);
        return client;
    }

    /** Says so in a session of the role; the first row, or the error. */
    List<String> say(String role, String statement) {
        try (WireClient client = login(role)) {
            return row(client.query(statement));
        }
    }

    static List<String> row(List<ServerMessage> answer) {
        return answer.stream()
                .filter(message -> message.type() == 'E')
                .findFirst()
                .map(error -> List.of(error.sqlState(), error.field('M')))
                .orElseGet(() -> Rows.of(answer).stream().findFirst().orElseGet(() -> List.of("nothing")));
    }

    record Token(String secret, String id) {}

    Token token(String role) {
        return token(role, "SALLYPORT ACCESS TOKEN 'ci of " + role + "'");
    }

    Token token(String role, String statement) {
        List<String> row = say(role, statement);
        assertThat(row.get(0)).matches("sp_[A-Za-z0-9_-]{32}");
        secrets.add(row.get(0));
        return new Token(row.get(0), row.get(1));
    }

    Browser bearing(Token token) {
        return bearing(token.secret());
    }

    Browser bearing(String secret) {
        return Browser.at(proxy.adminPort()).with("Authorization", "Bearer " + secret);
    }

    Browser.Answer approves(Token token, HeldStatement held) {
        return bearing(token).post(path(held, "approve"), "{\"reason\":\"read it\"}");
    }

    static String path(HeldStatement held, String vote) {
        return "/api/v1/holds/" + held.code() + "/" + vote;
    }

    List<String> secrets() {
        return secrets;
    }

    TestServer server() {
        return server;
    }

    @Override
    public void close() {
        proxy.drain(Duration.ZERO);
        try {
            String told = proxy.audited() + proxy.scrape();
            for (String secret : secrets) {
                assertThat(told).doesNotContain(secret.substring(3));
            }
        } finally {
            proxy.close();
        }
    }
}
