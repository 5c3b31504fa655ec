package io.sallyport.proxy.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** One call of the command line, in this process. */
record Invocation(int exitCode, String out, String err) {
    static Invocation of(String... arguments) {
        return with(Map.of(), arguments);
    }

    static Invocation with(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(arguments, environment, new PrintWriter(out), new PrintWriter(err));
        return new Invocation(exitCode, out.toString(), err.toString());
    }
}
