package io.sallyport.proxy.demo;

import io.sallyport.policies.Policy;
import io.sallyport.policies.PolicyReader;
import io.sallyport.policies.PolicyReading;
import java.io.IOException;

/** The demo's own rules, and after them those of the built-in policy. */
final class DemoPolicy {
    private static final String RULES = "\nrules:\n";

    private DemoPolicy() {}

    /** Under the built-in policy's own head, whose lists its rules use. */
    static String text() throws IOException {
        String builtIn = Policy.builtInText();
        return builtIn.substring(0, behindHead(builtIn))
                + rules(Resources.text("policy.yaml"))
                + "\n  # From here on the built-in policy.\n"
                + rules(builtIn);
    }

    private static String rules(String policy) {
        return policy.substring(behindHead(policy));
    }

    private static int behindHead(String policy) {
        int rules = policy.indexOf(RULES);
        if (rules < 0) {
            throw new IllegalStateException("a policy of the demo has no line \"rules:\"");
        }
        return rules + RULES.length();
    }

    /** Reads a policy text; {@code fileName} is what problems call it. */
    static Policy read(String text, String fileName) throws IOException {
        PolicyReading reading = PolicyReader.read(text, fileName);
        Policy policy = reading.policy();
        if (policy == null) {
            throw new IOException("the policy cannot be used: " + reading.problems());
        }
        return policy;
    }
}
