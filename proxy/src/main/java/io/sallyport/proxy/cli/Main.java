package io.sallyport.proxy.cli;

import io.sallyport.proxy.demo.DemoCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `sallyport`: finds the subcommand, runs it, and answers its exit code to the shell. */
@Command(
        name = "sallyport",
        description = "A PostgreSQL proxy that holds destructive statements until a second person approves.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class, ReplayCommand.class, DemoCommand.class, VersionCommand.class})
public final class Main implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private Main(Map<String, String> environment) {
        this.environment = environment;
    }

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = run(arguments, System.getenv(), out, err);
        LogSettings.flush();
        System.exit(exitCode);
    }

    static int run(String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Main(environment));
        line.setOut(out).setErr(err);
        line.setParameterExceptionHandler(Errors::usage).setExecutionExceptionHandler(Errors::execution);
        try {
            LogSettings.apply(arguments, environment);
        } catch (CommandFailure e) {
            return Errors.failure(e, err);
        }
        return line.execute(arguments);
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Nothing was asked for. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
