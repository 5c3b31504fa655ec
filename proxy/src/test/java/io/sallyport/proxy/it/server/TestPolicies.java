package io.sallyport.proxy.it.server;

import io.sallyport.policies.Policy;
import io.sallyport.policies.PolicyReader;
import io.sallyport.policies.PolicyReading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The policies of the tests, by the name of their file; {@code built-in} is the product's own. */
public final class TestPolicies {
    private TestPolicies() {}

    public static Policy named(String name) {
        return name.equals("built-in") ? Policy.builtIn() : read(name + ".yaml");
    }

    private static Policy read(String file) {
        try (InputStream in = TestPolicies.class.getResourceAsStream("/policies/" + file)) {
            if (in == null) {
                throw new AssertionError("no policy " + file + " among the test resources");
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Policy of(String yaml, String file) {
        PolicyReading reading = PolicyReader.read(yaml, file);
        Policy policy = reading.policy();
        if (policy == null) {
            throw new AssertionError("broken test policy: " + reading.problems());
        }
        return policy;
    }
}
