package io.sallyport.proxy.it.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.driver.DriverProgram.Result;
import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same program against the server and through the proxy with the built-in policy prints the same. */
final class DriverIT {
    private static final TestServer SERVER = TestServer.shared();

    @ParameterizedTest
    @EnumSource
    void a_driver_sees_what_it_sees_without_the_proxy(DriverProgram program) {
        program.assumeInstalled();
        Result direct = program.connect(place(SERVER.port()));
        assertThat(direct.exitCode()).as(direct.out()).isZero();
        // What is held would wait for nobody.
        try (TestProxy proxy = TestProxy.start(SERVER.port(), "built-in", Map.of("hold.expires", "1s"))) {
            Result through = program.connect(place(proxy.port()));
            assertThat(through.out()).isEqualTo(direct.out());
            assertThat(through.exitCode()).isZero();
        }
    }

    private static Map<String, String> place(int port) {
        return Map.of(
                "PGHOST", "127.0.0.1",
                "PGPORT", String.valueOf(port),
                "PGUSER", "postgres",
                "PGDATABASE", SERVER.freshDatabase(),
                "PGSSLMODE", "disable");
    }
}
