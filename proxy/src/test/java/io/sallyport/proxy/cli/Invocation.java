package io.sallyport.proxy.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** One call of the command line, in this process. */
public record Invocation(int exitCode, String out, String err) {
    public static Invocation of(String... arguments) {
        return with(Map.of(), arguments);
    }

    public static Invocation with(Map<String, String> environment, String... arguments) {
        return reading("", environment, arguments);
    }

    /** Unless it says otherwise, the control database is in memory: a file belongs to one process. */
    static Map<String, String> keepingNothing(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("SALLYPORT_CONTROL_URL", "jdbc:h2:mem:");
        return all;
    }

    /** With that standard input. */
    public static Invocation reading(String input, Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        int exitCode = Main.run(arguments, keepingNothing(environment), in, new PrintWriter(out), new PrintWriter(err));
        return new Invocation(exitCode, out.toString(), err.toString());
    }
}
