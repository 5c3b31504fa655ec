package io.sallyport.proxy.cli;

import io.sallyport.policies.PolicySchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `sallyport policy schema`. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of policy files, by which editors complete and check them.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class PolicySchemaCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(PolicySchema.json());
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
