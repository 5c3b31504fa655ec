package io.sallyport.proxy.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** `sallyport access-token`: tokens by which programs act for you. */
@Command(
        name = "access-token",
        description =
                "Makes, lists and revokes tokens by which a program approves for you; you log in yourself for that.",
        subcommands = {AccessTokenCreateCommand.class, AccessTokenListCommand.class, AccessTokenRevokeCommand.class},
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class AccessTokenCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
