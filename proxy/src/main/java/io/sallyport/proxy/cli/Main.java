package io.sallyport.proxy.cli;

import io.sallyport.proxy.demo.DemoCommand;
import java.io.InputStream;
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
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            PolicyCommand.class,
            ReplayCommand.class,
            AuditCommand.class,
            DemoCommand.class,
            HoldsCommand.class,
            ShowCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            RequestsCommand.class,
            GrantCommand.class,
            BreakGlassCommand.class,
            UndoCommand.class,
            AccessTokenCommand.class,
            WebhookCommand.class,
            PsqlrcCommand.class,
            VersionCommand.class
        })
public final class Main implements Callable<Integer> {
    private final Map<String, String> environment;
    private final InputStream input;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private Main(Map<String, String> environment, InputStream input) {
        this.environment = environment;
        this.input = input;
    }

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = run(arguments, System.getenv(), System.in, out, err);
        LogSettings.flush();
        System.exit(exitCode);
    }

    static int run(
            String[] arguments, Map<String, String> environment, InputStream input, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Main(environment, input));
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

    InputStream input() {
        return input;
    }

    /** Nothing was asked for. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
