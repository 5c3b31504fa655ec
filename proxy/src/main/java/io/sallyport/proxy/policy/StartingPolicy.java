package io.sallyport.proxy.policy;

import io.sallyport.policies.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The built-in policy with examples as comments at the head of its rules: as a file, to be changed. */
public final class StartingPolicy {
    private static final String HEAD = """
            # A Sallyport policy to begin with: the built-in one, and examples to uncomment. Check it with
            #   sallyport policy validate FILE
            #   sallyport check --policy FILE --sql 'DELETE FROM users'
            # and use it with
            #   sallyport run --policy FILE
            # A running proxy takes up changes within seconds; a broken file keeps the policy before.

            """;
    private static final String RULES = "\nrules:\n";

    private StartingPolicy() {}

    public static String text() {
        String builtIn = Policy.builtInText();
        int rules = builtIn.indexOf(RULES);
        if (rules < 0) {
            throw new IllegalStateException("the built-in policy has no line 'rules:'");
        }
        int examples = rules + RULES.length();
        return HEAD + builtIn.substring(0, examples) + examples() + "\n" + builtIn.substring(examples);
    }

    private static String examples() {
        try (InputStream in = StartingPolicy.class.getResourceAsStream("example-rules.yaml")) {
            if (in == null) {
                throw new IllegalStateException("example-rules.yaml is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
