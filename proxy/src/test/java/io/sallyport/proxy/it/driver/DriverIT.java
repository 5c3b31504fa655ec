package io.sallyport.proxy.it.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.driver.DriverProgram.Result;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.tls.TestCertificates;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same program against the server and through the proxy with the built-in policy prints the same. */
final class DriverIT {
    @ParameterizedTest
    @EnumSource
    void a_driver_sees_what_it_sees_without_the_proxy(DriverProgram program) {
        compare(program, TestServer.shared(), Map.of(), Map.of("PGSSLMODE", "disable"));
    }

    @ParameterizedTest
    @EnumSource
    void and_so_it_does_over_tls(DriverProgram program, @TempDir(cleanup = CleanupMode.NEVER) Path folder) {
        TestCertificates ours = new TestCertificates(folder, "ours");
        ours.write("proxy", ours.issue("CN=proxy"));
        var bundle = ours.issue("CN=server");
        try (TestServer server =
                TestServer.startWithTls(bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM(), "")) {
            Map<String, String> both = Map.of(
                    "tls.mode",
                    "require",
                    "tls.certificate",
                    ours.path("proxy.crt"),
                    "tls.key",
                    ours.path("proxy.key"),
                    "upstream_tls.mode",
                    "require");
            compare(program, server, both, Map.of("PGSSLMODE", "verify-full", "PGSSLROOTCERT", ours.ca()));
        }
    }

    private static void compare(
            DriverProgram program, TestServer server, Map<String, String> settings, Map<String, String> tls) {
        program.assumeInstalled();
        Result direct = program.connect(place(server, server.port(), tls));
        assertThat(direct.exitCode()).as(direct.out()).isZero();
        Map<String, String> all = new HashMap<>(settings);
        // What is held would wait for nobody.
        all.put("hold.expires", "1s");
        try (TestProxy proxy = TestProxy.start(server.port(), "built-in", all)) {
            Result through = program.connect(place(server, proxy.port(), tls));
            assertThat(through.out()).isEqualTo(direct.out());
            assertThat(through.exitCode()).isZero();
        }
    }

    private static Map<String, String> place(TestServer server, int port, Map<String, String> tls) {
        Map<String, String> variables = new HashMap<>(tls);
        variables.put("PGHOST", "localhost");
        variables.put("PGPORT", String.valueOf(port));
        variables.put("PGUSER", "postgres");
        variables.put("PGDATABASE", server.freshDatabase());
        return variables;
    }
}
