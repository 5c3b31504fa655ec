package io.sallyport.proxy.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** `sallyport webhook`: what there is to do with webhooks. */
@Command(
        name = "webhook",
        description = "Tries the webhooks of a configuration.",
        subcommands = WebhookTestCommand.class,
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class WebhookCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    Main main() {
        return main;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
