package io.sallyport.proxy.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `sallyport policy`: what can be done with a policy file without running it. */
@Command(
        name = "policy",
        description = "Checks, explains and begins policy files.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {
            PolicyValidateCommand.class,
            PolicyExplainCommand.class,
            PolicyInitCommand.class,
            PolicySchemaCommand.class
        })
final class PolicyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Nothing was asked for. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
