package io.sallyport.proxy.it.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.proxy.it.server.TestProxy;
import io.sallyport.proxy.it.server.TestServer;
import io.sallyport.proxy.it.tls.TestCertificates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every SSL mode of every driver comes to the same at the proxy as at a server whose certificate is of the same authority. */
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SslModesIT {
    private TestCertificates ours;
    private TestCertificates others;
    private TestServer encrypted;
    private TestServer plain;
    private TestProxy toEncrypted;
    private TestProxy toPlain;
    private TestProxy demanding;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.NEVER) Path folder) {
        ours = new TestCertificates(folder, "ours");
        others = new TestCertificates(folder, "others");
        ours.write("proxy", ours.issue("CN=proxy"));
        var bundle = ours.issue("CN=server");
        encrypted = TestServer.startWithTls(bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM(), "");
        plain = TestServer.shared();
        toEncrypted = proxy(encrypted, Map.of("upstream_tls.mode", "require"), true);
        demanding = proxy(encrypted, Map.of("upstream_tls.mode", "require", "tls.mode", "require"), true);
        toPlain = proxy(plain, Map.of(), false);
    }

    @AfterAll
    void stop() {
        toEncrypted.close();
        demanding.close();
        toPlain.close();
        encrypted.close();
    }

    private TestProxy proxy(TestServer server, Map<String, String> more, boolean tls) {
        Map<String, String> settings = new HashMap<>(more);
        if (tls) {
            settings.put("tls.certificate", ours.path("proxy.crt"));
            settings.put("tls.key", ours.path("proxy.key"));
        }
        return TestProxy.start(server.port(), "built-in", settings);
    }

    @ParameterizedTest
    @EnumSource
    void a_driver_of_this_language(SslDoor door) {
        compare(
                door.modes(),
                attempts ->
                        attempts.stream().map(attempt -> enter(door, attempt)).toList());
    }

    private static String enter(SslDoor door, Attempt attempt) {
        try {
            return door.enter(attempt);
        } catch (Exception refused) {
            return "refused " + refused;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_driver_of_another_language(SslProgram program) {
        program.assumeInstalled();
        compare(program.modes(), program::enter);
    }

    /** The errors have words of their own; that there is one is what counts. */
    private void compare(List<String> modes, Function<List<Attempt>, List<String>> driver) {
        List<Attempt> direct = attempts(modes, encrypted.port(), encrypted.port(), plain.port());
        List<Attempt> through = attempts(modes, toEncrypted.port(), demanding.port(), toPlain.port());
        List<String> expected = driver.apply(direct);
        List<String> seen = driver.apply(through);
        assertThat(expected).as(expected.toString()).hasSameSizeAs(direct);
        assertThat(seen).as(seen.toString()).hasSameSizeAs(direct);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(word(seen.get(i)))
                    .as("%s: %s; without the proxy: %s", through.get(i), seen.get(i), expected.get(i))
                    .isEqualTo(word(expected.get(i)));
        }
        assertThat(seen).anyMatch(outcome -> word(outcome).equals("refused"));
        assertThat(seen).anyMatch(outcome -> !word(outcome).equals("refused"));
    }

    private static String word(String outcome) {
        return outcome.split(" ", 2)[0];
    }

    /** Each mode: the right name, an address, another authority, TLS alone, and no TLS at all. */
    private List<Attempt> attempts(List<String> modes, int tls, int onlyTls, int none) {
        List<Attempt> attempts = new ArrayList<>();
        for (String mode : modes) {
            attempts.add(new Attempt(mode, "localhost", tls, "bob", ours.ca()));
            attempts.add(new Attempt(mode, "127.0.0.1", tls, "bob", ours.ca()));
            attempts.add(new Attempt(mode, "localhost", tls, "bob", others.ca()));
            attempts.add(new Attempt(mode, "localhost", onlyTls, "by_tls", ours.ca()));
            attempts.add(new Attempt(mode, "localhost", none, "bob", ours.ca()));
        }
        return attempts;
    }
}
