package io.sallyport.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.Approver;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.wire.Frontend;
import io.sallyport.proxy.it.wire.WireClient;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** `sallyport undo` against a running proxy. */
@Timeout(60)
final class UndoCommandIT {
    @Test
    void restore_point_is_told_with_its_settings_and_nothing_is_an_error() {
        TestServer server = TestServer.shared();
        String database = server.freshDatabase();
        server.run("postgres", """
                DO $$ BEGIN CREATE ROLE undo_service LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO undo_service
                """);
        server.run(database, "CREATE TABLE t AS SELECT 1 AS i; GRANT ALL ON t TO PUBLIC");
        Map<String, String> settings = Map.of("admin", "127.0.0.1:0", "safety.user", "undo_service");
        try (TestProxy proxy = TestProxy.start(server.port(), "safety", settings);
                WireClient alice = proxy.login("alice", database)) {
            Map<String, String> environment = Map.of(
                    "SALLYPORT_URL",
                    "http://127.0.0.1:" + proxy.adminPort(),
                    "SALLYPORT_USER",
                    "by_scram",
                    "SALLYPORT_PASSWORD",
                    TestServer.PASSWORD);
            alice.send(Frontend.query("DELETE FROM t"));
            String code = Approver.code(alice.readUntil('N').get(0));
            assertThat(Invocation.with(environment, "show", code).out())
                    .containsPattern("safety +restore point before it runs");
            Invocation tooEarly = Invocation.with(environment, "undo", code);
            assertThat(tooEarly.exitCode()).isEqualTo(1);
            assertThat(tooEarly.err()).contains("nothing was kept for " + code);
            assertThat(Invocation.with(environment, "approve", code).exitCode()).isZero();
            assertThat(alice.readUntilReady()).noneMatch(message -> message.type() == 'E');
            String name = "sallyport_" + code.replace("-", "").toLowerCase(Locale.ROOT);
            Invocation told = Invocation.with(environment, "undo", code);
            assertThat(told.exitCode()).isZero();
            assertThat(told.out().lines().toList())
                    .hasSize(3)
                    .endsWith("recovery_target_name = '" + name + "'", "recovery_target_action = 'pause'");
            assertThat(told.err()).contains("recovery.signal");
            assertThat(Invocation.with(environment, "undo", code, "--format", "json")
                            .out())
                    .contains("\"recovery_target_name\" : \"" + name + "\"");
            assertThat(Invocation.with(environment, "show", code).out()).contains("restore point " + name);
            assertThat(Invocation.with(environment, "undo", "nonsense").exitCode())
                    .isEqualTo(1);
        }
    }
}
